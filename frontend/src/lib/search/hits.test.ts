import { describe, expect, it } from 'vitest';
import type { Hit } from '../api/search';
import { keyOf, olderThan, whereItStands } from './hits';

const place = { case: 'c', thread: 't' };
const hit = (seq: number) => ({ ...place, seq, at: `2026-11-0${seq}T08:00:00.000001Z` }) as Hit;

describe('where it stands', () => {
  it('is the line of a message', () => {
    expect(whereItStands({ ...place, kind: 'message_posted', about: 7 })).toBe('/cases/c/threads/t#e7');
  });
  it('is the note, for what was said to it', () => {
    expect(whereItStands({ ...place, kind: 'note_responded', about: 4 })).toBe('/cases/c/threads/t#e4');
  });
  it('is the page of the status, for status', () => {
    expect(whereItStands({ ...place, kind: 'summary_rejected', about: 4 })).toBe('/cases/c/threads/t/status');
    expect(whereItStands({ ...place, kind: 'goal_changed', about: 4 })).toBe('/cases/c/threads/t/plan');
    expect(whereItStands({ ...place, kind: 'callback_asked', about: 4 })).toBe('/cases/c/threads/t/contact');
  });
});

describe('more of them', () => {
  it('goes on after the last, by its moment to the last digit', () => {
    expect(olderThan([hit(3), hit(2)])).toEqual({ thread: 't', seq: 2, at: '2026-11-02T08:00:00.000001Z' });
    expect(olderThan([])).toBeNull();
  });
  it('knows each place of each thread', () => {
    expect(keyOf(hit(1))).not.toBe(keyOf(hit(2)));
    expect(keyOf(hit(1))).not.toBe(keyOf({ thread: 'u', seq: 1 }));
  });
});
