import LIST from '$lib/text/labels.json';

export interface Label {
  /** As it stands in the text. */
  word: string;
  better: string;
}

const better = new Map(LIST.flatMap((label) => label.words.map((word) => [word, label.better] as const)));
const FORMS = [...better.keys()].sort((a, b) => b.length - a.length).map((form) => form.replaceAll(' ', '\\s+'));
const ANY = new RegExp(`(^|[^\\p{L}\\p{N}])(${FORMS.join('|')})(?![\\p{L}\\p{N}])`, 'giu');

/** Words that put a label on a person, each once, with what to write in their place. */
export function labels(text: string): Label[] {
  const found = new Map<string, Label>();
  for (const [, , word = ''] of text.matchAll(ANY)) {
    const form = word.toLowerCase().replace(/\s+/g, ' ');
    if (!found.has(form)) found.set(form, { word, better: better.get(form) ?? '' });
  }
  return [...found.values()];
}
