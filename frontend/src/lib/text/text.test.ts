import { describe, expect, it } from 'vitest';
import da from './da.json';
import en from './en.json';
import { reading } from '../note/lix';
import { fill, resolve } from './format';

const danish: Record<string, string> = da;
const english: Record<string, string> = en;
const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const sentences = (text: string) => text.split(/[.!?:…]+(?:\s+|$)|\n+/).filter((part) => /\p{L}/u.test(part));
const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

describe('a text', () => {
  it('has its holes filled, and keeps the unknown ones', () => {
    expect(fill('Hej {name}, {other}', { name: 'Line' })).toBe('Hej Line, {other}');
  });

  it('is chosen by count', () => {
    const said = (count: number) => resolve(danish, 'da', 'people.active', { count });
    expect([said(1), said(2), said(0)]).toEqual(['1 person er med', '2 personer er med', '0 personer er med']);
  });
});

describe('the catalogues', () => {
  it('have the same keys and the same holes', () => {
    expect(Object.keys(english)).toEqual(Object.keys(danish));
    for (const key of Object.keys(danish)) expect([key, ...holes(english[key])]).toEqual([key, ...holes(danish[key])]);
  });

  it('say errors without holes, as whole sentences', () => {
    for (const [key, text] of [...Object.entries(danish), ...Object.entries(english)]) {
      if (key.startsWith('error.')) expect(text).toMatch(/^\p{Lu}[^{}]+\.$/u);
    }
  });

  it('are plain Danish: no sentence over 15 words, LIX at most 30', () => {
    for (const [key, text] of Object.entries(danish)) {
      for (const sentence of sentences(text)) expect([key, words(sentence).length <= 15]).toEqual([key, true]);
    }
    const all = Object.values(danish).filter((text) => words(text).length > 3);
    const count = all.flatMap(words);
    const long = count.filter((word) => word.length > 6).length;
    const lix = count.length / all.flatMap(sentences).length + (100 * long) / count.length;
    expect(lix).toBeLessThanOrEqual(30);
  });

  it('name neither family, child nor case in a mail', () => {
    const mails = Object.keys(danish).filter((key) => key.startsWith('mail.'));
    expect(mails).toHaveLength(4);
    for (const key of mails) expect(['{link}', '{municipality}']).toEqual(expect.arrayContaining(holes(danish[key])));
  });
});

describe('our own Danish, by the meter that hints at others', () => {
  const said = Object.entries(danish).map(([key, text]) => [key, text.replace(/\{\w+\}/g, 'navn')] as const);

  it('is easy as a whole: LIX at most 30', () => {
    expect(reading(said.map(([, text]) => text).join('\n')).lix).toBeLessThanOrEqual(30);
  });

  it('is hard nowhere: no text of twenty words or more above 45', () => {
    const read = said.map(([key, text]) => ({ key, ...reading(text) }));
    expect(read.filter(({ words, lix }) => words >= 20 && lix > 45)).toEqual([]);
    expect(read.filter(({ long }) => long.length > 0)).toEqual([]);
  });
});
