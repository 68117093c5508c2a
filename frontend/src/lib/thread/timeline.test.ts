import { describe, expect, it } from 'vitest';
import type { Entry, Note } from '../api/types';
import { changesThread, isSaid, laterNote, merge, notesToRead, rows } from './timeline';

const mother = { membership: 'm', name: 'Line', capacity: 'mor', role: 'custody_holder' as const };
const teacher = { membership: 't', name: 'Anders', capacity: 'lærer', role: 'professional' as const };

function said(seq: number, at = '2026-11-20T10:00:00Z', author: Entry['author'] = mother, more: Partial<Entry> = {}): Entry {
  return {
    seq,
    kind: 'message_posted',
    id: `id-${seq}`,
    at,
    author,
    about: seq,
    text: `text ${seq}`,
    corrected_at: null,
    withdrawn_at: null,
    earlier_texts: [],
    ...more
  };
}

describe('merging entries', () => {
  it('keeps order and drops doubles', () => {
    const lines = merge([said(2), said(4)], [said(3), said(4), said(1)]);
    expect(lines.map((line) => line.seq)).toEqual([1, 2, 3, 4]);
  });

  it('lets a correction change the line it is about and stays out of sight itself', () => {
    const lines = merge([said(1)], [
      said(2, undefined, mother, {
        kind: 'message_corrected',
        about: 1,
        text: 'rettet',
        corrected_at: '2026-11-20T11:00:00Z',
        earlier_texts: [{ text: 'text 1', until: '2026-11-20T11:00:00Z' }]
      })
    ]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ seq: 1, text: 'rettet', earlier_texts: [{ text: 'text 1' }] });
  });

  it('keeps a withdrawal when an older reading of the line arrives late', () => {
    const gone = merge([said(1)], [
      said(2, undefined, mother, { kind: 'message_withdrawn', about: 1, text: null, withdrawn_at: '2026-11-20T11:00:00Z' })
    ]);
    expect(merge(gone, [said(1)])[0].text).toBeNull();
  });

  it('ignores a correction of what came before my time', () => {
    const bare = { seq: 9, kind: 'message_corrected', id: 'x', at: '2026-11-20T10:00:00Z', author: mother, about: 2 };
    expect(merge([said(5)], [bare as Entry])).toHaveLength(1);
    expect(merge([said(2)], [bare as Entry])[0].text).toBe('text 2');
  });

  it('knows when the people must be read again', () => {
    expect(changesThread([said(1)])).toBe(false);
    expect(changesThread([said(1, undefined, mother, { kind: 'note_published' })])).toBe(false);
    expect(changesThread([said(1, undefined, mother, { kind: 'note_responded' })])).toBe(false);
    expect(changesThread([said(1, undefined, mother, { kind: 'attachment_added' })])).toBe(false);
    expect(changesThread([said(1, undefined, mother, { kind: 'member_left' })])).toBe(true);
    expect(changesThread([said(1, undefined, mother, { kind: 'invitation_agreed' })])).toBe(true);
    expect(changesThread([said(1, undefined, mother, { kind: 'action_changed' })])).toBe(true);
    expect(changesThread([said(1, undefined, mother, { kind: 'wellbeing_rated' })])).toBe(false);
  });

  it('has a line for what happens in the plan', () => {
    const kinds = ['goal_set', 'action_changed', 'scale_given', 'evaluation_given', 'wellbeing_rated', 'invitation_agreed'] as const;
    const entries = kinds.map((kind, i) => said(i + 1, undefined, mother, { kind }));
    expect(merge([], entries).map(({ kind }) => kind)).toEqual(kinds.slice(0, 5));
  });
});

describe('a file in the thread', () => {
  const kinds = ['attachment_added', 'attachment_checked', 'attachment_withdrawn'] as const;

  it('is one line, whatever becomes of it, and is said aloud once', () => {
    const entries = kinds.map((kind, at) => said(4 + at, undefined, mother, { kind, id: 'file', about: 4 }));
    expect(merge([], entries).map(({ kind }) => kind)).toEqual(['attachment_added']);
    expect(entries.filter(isSaid).map(({ kind }) => kind)).toEqual(['attachment_added']);
  });
});

describe('a note in the thread', () => {
  const line = said(3, undefined, teacher, { kind: 'note_published', id: 'note' });

  const read = (more: Partial<Note['responses'][number]> | null): Note =>
    ({ id: 'note', version: 1, responses: more ? [more] : [] }) as unknown as Note;
  const toRead = (notes: Note[], ...entries: Entry[]) => [
    ...notesToRead([said(2), line], Object.fromEntries(notes.map((note) => [note.id, note])), entries)
  ];

  it('is found by what an answer to it is about, not by the answer itself', () => {
    const answer = (about: number) => said(9, undefined, mother, { kind: 'note_responded', id: 'response', about });
    expect(toRead([], answer(3), answer(3), answer(1))).toEqual(['note']);
    expect(toRead([], line)).toEqual(['note']);
    expect(toRead([read(null)], line)).toEqual([]);
    expect(toRead([], said(9, undefined, mother, { about: 3 }))).toEqual([]);
  });

  it('is read again when people come or go, if somebody has to answer it', () => {
    const left = said(9, undefined, mother, { kind: 'member_left', id: 'm' });
    const waits = { due_on: '2026-11-24', answer: null };
    expect(toRead([read(waits)], left)).toEqual(['note']);
    expect(toRead([read({ ...waits, answer: {} as never })], left)).toEqual([]);
    expect(toRead([read({ due_on: null, answer: null })], left)).toEqual([]);
    expect(toRead([read(waits)], said(9))).toEqual([]);
  });

  it('is the later reading, whichever came last', () => {
    const read = (version: number, ...answered: boolean[]) =>
      ({ version, responses: answered.map((is) => ({ answer: is ? {} : null })) }) as unknown as Note;
    const older = read(1, false);
    for (const newer of [read(2, false), read(1, true), read(1, false, false)]) {
      expect(laterNote(newer, older)).toBe(newer);
      expect(laterNote(older, newer)).toBe(newer);
    }
    const again = read(1, false);
    expect(laterNote(older, again)).toBe(again);
    expect(laterNote(undefined, older)).toBe(older);
  });
});

describe('the rows of a thread', () => {
  it('separates days', () => {
    const shown = rows([said(1, '2026-11-19T12:00:00Z'), said(2, '2026-11-20T12:00:00Z')], null, 'x');
    expect(shown.map((row) => row.type)).toEqual(['day', 'entry', 'day', 'entry']);
  });

  it('marks what is new once, before the first line that somebody else wrote', () => {
    const shown = rows([said(1), said(2), said(3, undefined, teacher), said(4, undefined, teacher)], 1, 'm');
    expect(shown.map((row) => row.type)).toEqual(['day', 'entry', 'entry', 'new', 'entry', 'entry']);
  });

  it('marks nothing on a first visit', () => {
    expect(rows([said(1, undefined, teacher)], null, 'm').some((row) => row.type === 'new')).toBe(false);
  });

  it('joins messages that follow closely, not those of another author or a later hour', () => {
    const shown = rows(
      [
        said(1, '2026-11-20T10:00:00Z'),
        said(2, '2026-11-20T10:02:00Z'),
        said(3, '2026-11-20T10:03:00Z', teacher),
        said(4, '2026-11-20T11:30:00Z', teacher)
      ],
      null,
      'x'
    );
    expect(shown.flatMap((row) => (row.type === 'entry' ? [row.follows] : []))).toEqual([false, true, false, false]);
  });
});
