import { describe, expect, it } from 'vitest';
import type { CaseHeld, Caseload, Waits } from '../api/caseload';
import { beside, choices, shownIn, under, where } from './rows';

const held = (id: string, ...headings: CaseHeld['under']): CaseHeld => ({
  id,
  child_name: id,
  unit: null,
  thread: 't',
  deputy: false,
  closed: false,
  standing: null,
  us: [],
  family: [],
  family_heard: true,
  family_silent: 0,
  silent: 0,
  under: headings
});

const caseload: Caseload = {
  silence_days: 14,
  counts: [
    { heading: 'us', cases: 2 },
    { heading: 'family', cases: 0 },
    { heading: 'late', cases: 1 },
    { heading: 'quiet', cases: 0 }
  ],
  cases: [held('a', 'us', 'late'), held('b', 'us'), held('c')]
};

const waits = (what: Waits['what'], more: Partial<Waits> = {}): Waits => ({
  what, thread: 't', name: null, words: null, step: null, seq: null, item: null, due_on: null, late: false, ...more
});

describe('the own list', () => {
  it('shows under each number as many cases as it says', () => {
    for (const { heading, cases } of caseload.counts) expect(under(caseload.cases, heading)).toHaveLength(cases);
    expect(under(caseload.cases, 'all')).toHaveLength(3);
    expect(choices(caseload).map(({ value }) => value)).toEqual(['all', 'us', 'family', 'late', 'quiet']);
  });

  it('remembers in the address what is shown, and knows no other', () => {
    expect(['#late', '', '#all', '#nothing'].map((hash) => shownIn(hash, caseload))).toEqual(['late', 'all', 'all', 'all']);
  });

  it('leads to where each thing is done', () => {
    const line = held('a');
    expect(where(line, waits('answer', { seq: 12 }))).toBe('/cases/a/threads/t#e12');
    expect(where(line, waits('action', { item: 'x' }))).toBe('/cases/a/threads/t/plan#p-x');
    expect(where(line, waits('consent', { item: 'i' }))).toBe('/cases/a/threads/t/invitations/i');
    expect(where(line, waits('signature'))).toBe('/cases/a/threads/t/stages');
  });

  it('does not say twice what the next step is', () => {
    expect(beside([waits('stage'), waits('callback')]).map(({ what }) => what)).toEqual(['callback']);
  });
});
