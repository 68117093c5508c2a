/** What a message's text is made of: words, names of co-members after an @, and numbers of entries after a #. */
export type Part =
  | { type: 'words'; text: string }
  | { type: 'name'; text: string }
  | { type: 'entry'; text: string; seq: number };

const MEANT = /[.*+?^${}()|[\]\\]/g;

/** Only names of people in the thread are marked; `known`: entries of it that can be pointed at. */
export function parts(text: string, names: readonly string[], known: (seq: number) => boolean): Part[] {
  if (!/[@#]/.test(text)) return [{ type: 'words', text }];
  const longestFirst = [...new Set(names)].sort((a, b) => b.length - a.length);
  const either = longestFirst.map((name) => name.replace(MEANT, '\\$&')).join('|');
  const found: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp(`@(?:${either || '(?!)'})(?![\\p{L}\\p{N}])|(?<![\\p{L}\\p{N}&])#(\\d{1,9})\\b`, 'gu'))) {
    const seq = Number(match[1]);
    if (match[1] && !known(seq)) continue;
    if (match.index > end) found.push({ type: 'words', text: text.slice(end, match.index) });
    found.push(match[1] ? { type: 'entry', text: match[0], seq } : { type: 'name', text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ type: 'words', text: text.slice(end) });
  return found;
}
