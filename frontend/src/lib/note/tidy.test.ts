import { describe, expect, it } from 'vitest';
import { shows, tidy } from './tidy';

// What Unicode calls White_Space, and the server's trim takes away.
const SPACES = '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u3000';

describe('trimming as the server does', () => {
  it('takes every white space from both ends and none from the middle', () => {
    expect(tidy(`${SPACES}Emil${SPACES}er glad.${SPACES}`)).toBe(`Emil${SPACES}er glad.`);
  });

  it('keeps what looks like space and is none: String.trim would take the first of these', () => {
    for (const sign of ['\ufeff', '\u200b', '\u200d', '\u2060']) expect(tidy(`${sign}a${sign}`)).toBe(`${sign}a${sign}`);
  });

  it('takes U+0085, which String.trim leaves', () => {
    expect(tidy('\u0085a\u0085')).toBe('a');
  });

  it('leaves nothing of nothing', () => {
    expect([tidy(''), tidy(SPACES)]).toEqual(['', '']);
  });
});

describe('something to see', () => {
  it('is a letter, a sign or a picture', () => {
    expect(['a', ' . ', '🙂', 'ا', '5'].map(shows)).toEqual([true, true, true, true, true]);
  });

  it('is not a space, a sign without shape or an empty braille cell', () => {
    expect(['', SPACES, '\u200b\ufeff', '\u2800'].map(shows)).toEqual([false, false, false, false]);
  });
});
