import { describe, expect, it } from 'vitest';
import { parts } from './parts';

const NAMES = ['Mette Holm', 'Anders Winther', 'Anders Winther Holm', 'Ole (far)'];
const short = (text: string, known = (seq: number) => seq <= 12) =>
  parts(text, NAMES, known).map((part) => (part.type === 'words' ? part.text : `<${part.type}:${part.text}>`));

describe('a message', () => {
  it('names people of the thread only', () => {
    expect(short('Hej @Mette Holm og @Karen')).toEqual(['Hej ', '<name:@Mette Holm>', ' og @Karen']);
  });

  it('takes the whole of the longest name', () => {
    expect(short('@Anders Winther Holm!')).toEqual(['<name:@Anders Winther Holm>', '!']);
    expect(short('@Anders Winthers bil')).toEqual(['@Anders Winthers bil']);
  });

  it('reads signs in a name as they stand', () => {
    expect(short('@Ole (far), ring')).toEqual(['<name:@Ole (far)>', ', ring']);
  });

  it('points at entries of the thread only', () => {
    expect(short('Se #12 og #13, og vej#3')).toEqual(['Se ', '<entry:#12>', ' og #13, og vej#3']);
  });

  it('gives back every letter', () => {
    const text = '@@Mette Holm## #1 \n @Mette Holm\n#12@Anders Winther';
    expect(parts(text, NAMES, () => true).map((part) => part.text).join('')).toBe(text);
  });
});
