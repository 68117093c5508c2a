import type { Problem } from '../api/problem';

export interface Outgoing {
  id: string;
  text: string;
  circle: number;
  /** The child's place, when its words are written down. */
  words_of?: string;
  state: 'sending' | 'failed' | 'circle_changed';
  code: string | null;
}

export type Outbox = readonly Outgoing[];

export function add(box: Outbox, id: string, text: string, circle: number, words_of?: string): Outbox {
  return [...box, { id, text, circle, words_of, state: 'sending', code: null }];
}

export function retry(box: Outbox, id: string, circle: number): Outbox {
  return change(box, id, { state: 'sending', circle, code: null });
}

/** The same id may be sent again after any failure: the server answers a double with the first. */
export function fail(box: Outbox, id: string, problem: Problem): Outbox {
  const state = problem.code === 'circle_changed' ? 'circle_changed' : 'failed';
  return change(box, id, { state, code: problem.code });
}

export function drop(box: Outbox, ids: ReadonlySet<string>): Outbox {
  return box.some((item) => ids.has(item.id)) ? box.filter((item) => !ids.has(item.id)) : box;
}

/** After a page load nobody knows what came of a send: it is shown as not sent, and a retry is harmless. */
export function recovered(kept: Outbox): Outbox {
  return kept.map((item) => (item.state === 'sending' ? { ...item, state: 'failed', code: 'offline' } : item));
}

function change(box: Outbox, id: string, to: Partial<Outgoing>): Outbox {
  return box.map((item) => (item.id === id ? { ...item, ...to } : item));
}
