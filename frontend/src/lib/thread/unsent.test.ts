import { describe, expect, it } from 'vitest';
import type { KeptDraft } from '../api/drafts';
import type { Room } from './room.svelte';
import { unsent } from './unsent';
import { wordsOf } from './words';

const draft = (form: KeptDraft['form'], about = 't'): KeptDraft => ({
  form,
  about,
  id: about,
  text: '""',
  version: 1,
  saved_at: ''
});

const DRAFTS = [
  draft('message'),
  draft('note'),
  draft('closure'),
  draft('response', 'n'),
  draft('answer', 'open'),
  draft('answer', 'answered'),
  draft('answer', 'elsewhere'),
  draft('summary'),
  draft('summary', 'waits'),
  draft('summary', 'settled'),
  draft('correction', 'stands'),
  draft('correction', 'withdrawn')
];

function left(closed: boolean, sent: (form: string) => boolean = () => false): string[] {
  const room = {
    thread: { id: 't', closed: closed ? {} : null, drafts: DRAFTS, summary: { confirmed: null, waiting: { id: 'waits' } } },
    lines: [
      { id: 'stands', withdrawn_at: null },
      { id: 'withdrawn', withdrawn_at: '2026-11-20T10:00:00Z' }
    ],
    notes: {
      n: {
        responses: [
          { id: 'open', answer: null },
          { id: 'answered', answer: {} }
        ]
      }
    },
    isWriting: (form: string) => !sent(form)
  } as unknown as Room;
  return unsent(room).map(({ form, about }) => `${form} ${about}`);
}

describe('a draft that can no longer be sent', () => {
  it('is one to what has been answered, settled or withdrawn', () => {
    expect(left(false)).toEqual(['answer answered', 'summary settled', 'correction withdrawn']);
  });

  it('is, where it is closed, everything but what can be said to a note', () => {
    expect(left(true)).toEqual([
      'message t',
      'note t',
      'answer answered',
      'summary t',
      'summary waits',
      'summary settled',
      'correction stands',
      'correction withdrawn'
    ]);
  });

  it('is none that has just been sent', () => {
    expect(left(false, (form) => form === 'answer')).toEqual(['summary settled', 'correction withdrawn']);
  });

  it('is shown in the words that were written, whichever form they were written in', () => {
    expect(wordsOf('"Rettet"')).toBe('Rettet');
    expect(wordsOf('{"text":"Hej","wordsOf":"m"}')).toBe('Hej');
    expect(wordsOf('{"id":"x","words":"Nej","box":"whole"}')).toBe('Nej');
    expect(wordsOf('{"template":"free","challenges":"To","resources":"Et","proposals":" ","heard":["m"]}')).toBe('Et\n\nTo');
  });
});
