import type { Hit } from '../api/search';
import { threadPath } from '../path';
import { OF_PLAN } from '../thread/timeline';

/** Where the words stand: the line of the thread, the note that they belong to, or the page that they are on. */
export function whereItStands(hit: Pick<Hit, 'case' | 'thread' | 'kind' | 'about'>): string {
  const thread = threadPath(hit);
  if (/^(callback|contact)_/.test(hit.kind)) return `${thread}/contact`;
  if (hit.kind.startsWith('joint_concern_')) return `${thread}/concerns`;
  if (OF_PLAN.test(hit.kind)) return `${thread}/plan`;
  return hit.kind.startsWith('summary_') ? `${thread}/status` : `${thread}#e${hit.about}`;
}

/** One place in one thread: what is asked for twice is shown once. */
export const keyOf = (hit: Pick<Hit, 'thread' | 'seq'>) => `${hit.thread} ${hit.seq}`;

export const olderThan = (hits: readonly Hit[]) => {
  const last = hits.at(-1);
  return last ? { at: last.at, thread: last.thread, seq: last.seq } : null;
};
