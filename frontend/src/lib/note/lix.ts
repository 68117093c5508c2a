/** How easy Danish is to read, by counting. A hint to the writer, never a judgement of anybody. */

export const LONG_WORD = 6;
export const LONG_SENTENCE = 15;

export interface Reading {
  words: number;
  /** Words per sentence + per cent of words with more than six letters. */
  lix: number;
  /** The sentences of more than 15 words, as written. */
  long: string[];
}

// Their dots end no sentence when more follows.
const SHORT = /(^|[\s(])(bl\.a|ca|dvs|evt|f\.eks|fx|inkl|jf|kl|mv|nr|pga|tlf)\.(?=\s)/giu;
// "3. december" is one thing, "klokken 8. Han" are two.
const ORDINAL = /(\p{N})\.(?=\s+[\p{Ll}\p{N}])/gu;
const ENDS = /[.:!?…]+["”»)]*(?=\s)|\n+/u;

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*/gu) ?? [];

export function sentences(text: string): string[] {
  const plain = text.replace(SHORT, (whole) => whole.replaceAll('.', '')).replace(ORDINAL, '$1');
  return plain
    .split(ENDS)
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length > 0);
}

export function reading(text: string): Reading {
  const said = sentences(text);
  const words = said.flatMap(wordsOf);
  if (words.length === 0) return { words: 0, lix: 0, long: [] };
  const heavy = words.filter((word) => [...word].length > LONG_WORD).length;
  return {
    words: words.length,
    lix: Math.round(words.length / said.length + (100 * heavy) / words.length),
    long: said.filter((sentence) => wordsOf(sentence).length > LONG_SENTENCE)
  };
}

/** Fewer words than this say nothing about how they read. */
const ENOUGH = 8;

export type Ease = 'easy' | 'middle' | 'hard';

export function ease({ words, lix }: Reading): Ease | null {
  if (words < ENOUGH) return null;
  if (lix <= 30) return 'easy';
  return lix <= 40 ? 'middle' : 'hard';
}
