import { describe, expect, it } from 'vitest';
import { ease, reading, sentences } from './lix';

describe('lix', () => {
  it('is words per sentence and the share of long words', () => {
    // 10 words, 2 sentences, 1 of more than six letters (morgenen): 5 + 10.
    expect(reading('Emil er glad om morgenen. Han vil gerne i skole.')).toEqual({ words: 10, lix: 15, long: [] });
  });

  it('counts six letters as short and seven as long, æ, ø and å as one each', () => {
    expect(reading('skolen').lix).toBe(1);
    expect(reading('skolens').lix).toBe(101);
    expect(reading('årstæt').lix).toBe(1);
  });

  it('is nothing for nothing', () => {
    for (const empty of ['', '  \n ', '… !']) expect(reading(empty)).toEqual({ words: 0, lix: 0, long: [] });
  });

  it('ends a sentence at a line, a colon and every ending sign, also in quotes', () => {
    expect(sentences('Mor siger: Han sover.\nFar er enig! "Er det godt?" Ja…')).toHaveLength(5);
    expect(sentences('han sov. så gik vi')).toHaveLength(2);
    expect(sentences('Vi spiste klokken 8. Han sov.')).toHaveLength(2);
  });

  it('does not end one at a date, a clock or a short form', () => {
    expect(sentences('Vi ses den 3. december kl. 8.30 hos jer, f.eks. Emil og far.')).toHaveLength(1);
    expect(sentences('Vi ringer ca. kl. 9 til nr. 4.')).toHaveLength(1);
  });

  it('finds the sentences of more than fifteen words', () => {
    const fifteen = 'en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten.';
    expect(reading(fifteen).long).toEqual([]);
    expect(reading(`Kort. ${fifteen.replace('.', ' seksten.')}`).long).toHaveLength(1);
  });
});

describe('how a text reads', () => {
  it('is not said of a few words', () => {
    expect(ease(reading('Familieforebyggelsesindsatsen fortsætter.'))).toBeNull();
  });

  it('is easy, less easy, or hard', () => {
    const of = (lix: number) => ease({ words: 20, lix, long: [] });
    expect([of(12), of(30), of(31), of(40), of(41)]).toEqual(['easy', 'easy', 'middle', 'middle', 'hard']);
  });
});
