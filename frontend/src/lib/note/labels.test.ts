import { describe, expect, it } from 'vitest';
import da from '../text/da.json';
import LIST from '../text/labels.json';
import { labels } from './labels';
import { reading } from './lix';

const words = (text: string) => labels(text).map((label) => label.word);

describe('label words', () => {
  it('are found in every form, whatever the case', () => {
    expect(words('Mor er Ressourcesvag. De ressourcesvage forældre nægtede.')).toEqual([
      'Ressourcesvag',
      'ressourcesvage',
      'nægtede'
    ]);
  });

  it('are whole words: a word that only begins like one is none', () => {
    expect(words('Klientellet, dovenskaben og benægtelsesordet')).toEqual([]);
  });

  it('may stand side by side, be two words, and be broken by a line', () => {
    expect(words('klienten nægter og er en dårlig\nmor')).toEqual(['klienten', 'nægter', 'dårlig\nmor']);
  });

  it('are said once each, with a better wording', () => {
    expect(labels('nægter, nægter')).toEqual([{ word: 'nægter', better: expect.stringContaining('vil ikke') }]);
  });

  it('are none in plain words about what happened', () => {
    expect(words('Emil råbte og gik ud ad døren. Mor sagde nej tak til mødet.')).toEqual([]);
  });
});

describe('the list of label words', () => {
  it('is about forty, none twice, all in small letters', () => {
    const forms = LIST.flatMap((label) => label.words);
    expect(LIST.length).toBeGreaterThanOrEqual(40);
    expect(new Set(forms).size).toBe(forms.length);
    expect(forms).toEqual(forms.map((form) => form.toLowerCase()));
  });

  it('gives better words that are plain themselves', () => {
    for (const { better } of LIST) {
      expect(better).toMatch(/^\p{Lu}.*[.?]$/u);
      expect([better, reading(better).long]).toEqual([better, []]);
      expect([better, words(better)]).toEqual([better, []]);
    }
    expect(reading(LIST.map((label) => label.better).join('\n')).lix).toBeLessThanOrEqual(30);
  });

  it('names no word that we write ourselves', () => {
    for (const [key, text] of Object.entries(da)) expect([key, words(text)]).toEqual([key, []]);
  });
});
