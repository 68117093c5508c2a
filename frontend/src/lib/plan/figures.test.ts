import { describe, expect, it } from 'vitest';
import type { Action, Evaluation, Goal, Plan, Rating, Scale, Step } from '../api/plans';
import type { Member } from '../api/types';
import {
  actionsOf, colours, courses, doneOf, lastWords, newest, noes, owners, scaleFigure, sides, standing, weeksOf, weeksWritten,
  wellbeingFigure, wording
} from './figures';

const person = (name: string, role: Scale['of']['role'] = 'custody_holder') => ({ membership: name, name, capacity: '', role });
const SOFIE = person('Sofie', 'young_person');
const METTE = person('Mette');
const ANDERS = person('Anders', 'professional');

const step = (seq: number, what: Step['step'], by = METTE, words = ''): Step => ({
  seq, step: what, by, words, at: '2026-11-01T10:00:00Z', due_on: null, owner: null
});

function goal(history: Step[], more: Partial<Goal> = {}): Goal {
  return {
    id: 'g', seq: 1, kind: 'goal', area: 'home', words: 'Ro', words_of: null, author: METTE, at: '2026-11-01T10:00:00Z',
    state: 'proposed', stage: 'open', wording: 1, may_word: true, may_settle: false, history, ...more
  };
}

function action(id: string, more: Partial<Action> = {}): Action {
  const { seq, words, wording, author, at, may_settle, history } = goal([]);
  return {
    id, seq, words, wording, author, at, may_word: true, may_settle, history, goal: null, owner: METTE, due_on: '2026-12-01', starts_on: null, weeks: null, done_at: null, late: false,
    may_do: false, state: 'agreed', stage: 'open', ...more
  };
}

const scale = (of: Scale['of'], at: string, before: number, now: number, hoped: number, seq = 9): Scale => ({
  id: `${of.name}${at}`, seq, at, author: of, of, goal: 'g', before, now, hoped
});

const rating = (of: Scale['of'], colour: Rating['colour'], at = '2026-11-01T10:00:00Z', seq = 3): Rating => ({
  id: of.name + at, seq, at, author: of, of, colour, words: ''
});

describe('how something stands', () => {
  it('is the family’s word while it is open, and what became of it afterwards', () => {
    expect(standing(goal([]))).toBe('proposed');
    expect(standing(goal([], { state: 'agreed', stage: 'reached' }))).toBe('reached');
    expect(standing(action('a', { state: 'declined' }))).toBe('declined');
    expect(standing(action('a', { stage: 'done' }))).toBe('done');
  });

  it('a wish is a wish: nobody says yes or no to it', () => {
    expect(standing(goal([], { kind: 'wish', state: 'agreed' }))).toBe('wish');
    expect(standing(goal([], { kind: 'wish', state: 'agreed', stage: 'dropped' }))).toBe('dropped');
  });

  it('a no is about the words that stand now, and each one’s last word counts', () => {
    const set = step(1, 'set');
    const no = step(2, 'declined', METTE, 'Nej');
    expect(noes(goal([set, no])).map(({ words }) => words)).toEqual(['Nej']);
    expect(noes(goal([set, no, step(3, 'agreed')]))).toEqual([]);
    expect(noes(goal([set, no, step(3, 'agreed', SOFIE)]))).toEqual([no]);
    expect(noes(goal([set, no, step(3, 'reworded')]))).toEqual([]);
    expect(wording(goal([set, no, step(3, 'reworded'), step(4, 'moved')])).seq).toBe(3);
  });
});

describe('what is to be done', () => {
  it('comes first, by its day; then what is done, then what was put aside', () => {
    const all = [
      action('dropped', { stage: 'dropped', due_on: '2026-01-01' }),
      action('later'),
      action('sooner', { due_on: '2026-11-30' }),
      action('done', { stage: 'done', due_on: '2026-01-01' }),
      action('elsewhere', { goal: 'g' })
    ];
    expect(actionsOf(all, null).map(({ id }) => id)).toEqual(['sooner', 'later', 'done', 'dropped']);
    expect(actionsOf(all, 'g').map(({ id }) => id)).toEqual(['elsewhere']);
  });

  it('is counted when the family has said yes to it', () => {
    const all = [action('a'), action('b', { stage: 'done' }), action('c', { state: 'proposed' }), action('d', { stage: 'dropped' })];
    expect(doneOf(all)).toEqual({ done: 1, all: 2 });
  });

  it('runs for whole weeks, until its day is moved', () => {
    expect(weeksOf({ starts_on: '2026-12-01', due_on: '2027-01-11' })).toBe(6);
    expect(weeksOf({ starts_on: '2026-03-23', due_on: '2026-04-05' })).toBe(2); // the clock changes between
    expect(weeksOf({ starts_on: '2026-12-01', due_on: '2027-01-12' })).toBeNull();
    expect(weeksOf({ starts_on: null, due_on: '2027-01-12' })).toBeNull();
  });

  it('takes a number of weeks as people write it', () => {
    expect(['6', ' 52 ', '0', '53', 'seks', '6 uger', ''].map(weeksWritten)).toEqual([6, 52, null, null, null, null, null]);
  });

  it('is done by whoever is here: a child without a login, too, but nobody who has left or only reads', () => {
    const place = (name: string, more: Partial<Member>) => ({ name, role: 'parent', ended_at: null, paused_at: null, ...more }) as Member;
    const people = [
      place('here', {}),
      place('left', { ended_at: '2026-11-01' }),
      place('paused', { paused_at: '2026-11-01' }),
      place('child', { role: 'child', paused_at: '2026-11-01' }),
      place('duty', { role: 'on_duty' })
    ];
    expect(owners(people).map(({ name }) => name)).toEqual(['here', 'child']);
  });
});

describe('a line of numbers', () => {
  const given = [
    scale(SOFIE, '2026-09-01T10:00:00Z', 3, 4, 8),
    scale(METTE, '2026-09-01T12:00:00Z', 2, 2, 9),
    scale(SOFIE, '2026-11-01T10:00:00Z', 1, 6, 7),
    scale(SOFIE, '2026-11-01T11:00:00Z', 1, 5, 7)
  ];

  it('begins where each one first said it was, and keeps the last number of every day', () => {
    const { columns, lines } = scaleFigure(given);
    expect(columns).toEqual(['before', '2026-09-01', '2026-11-01', 'hoped']);
    expect(lines.map(({ name }) => name)).toEqual(['Sofie', 'Mette']);
    expect(lines[0]?.points).toEqual([
      { at: 'before', value: 3 },
      { at: '2026-09-01', value: 4 },
      { at: '2026-11-01', value: 5 }
    ]);
    expect(lines[0]?.hoped).toEqual({ at: 'hoped', value: 7 });
  });

  it('says the same in words', () => {
    expect(courses(given)).toEqual([
      { name: 'Sofie', before: 3, now: 5, hoped: 7 },
      { name: 'Mette', before: 2, now: 2, hoped: 9 }
    ]);
  });
});

describe('well-being', () => {
  const spring = { starts_on: '2026-01-01', ratings: [rating(METTE, 'yellow', '2026-02-01T10:00:00Z')], professionals_missing: 2, parents_missing: 0 };
  const autumn = {
    starts_on: '2026-07-01',
    ratings: [rating(METTE, 'red', '2026-08-01T10:00:00Z'), rating(ANDERS, 'yellow'), rating(METTE, 'green', '2026-11-02T10:00:00Z')],
    professionals_missing: 1,
    parents_missing: 0
  };

  it('is each one’s last word of the half-year', () => {
    expect(lastWords(autumn).map(({ of, colour }) => [of.name, colour])).toEqual([['Mette', 'green'], ['Anders', 'yellow']]);
    expect(colours(autumn)).toEqual([{ colour: 'green', count: 1 }, { colour: 'yellow', count: 1 }]);
  });

  it('is a line for each person through the half-years', () => {
    const { columns, lines } = wellbeingFigure([spring, autumn]);
    expect(columns).toEqual(['2026-01-01', '2026-07-01']);
    expect(lines.map(({ name, points }) => [name, points.map(({ value }) => value)])).toEqual([['Mette', [1, 2]], ['Anders', [1]]]);
  });
});

describe('the plan', () => {
  it('is as new as the newest thing in it, whatever that is', () => {
    const empty: Plan = { goals: [], actions: [], scales: [], rounds: [], evaluations: [] };
    const view = { id: 'v', seq: 40, at: '', author: SOFIE, of: SOFIE, worked: 'x', change: '' };
    const evaluation: Evaluation = { id: 'e', seq: 8, due_on: '2026-12-01', author: METTE, at: '', state: 'waiting', missing: [], late: false, views: [] };
    expect(newest(empty)).toBe(0);
    expect(newest({ ...empty, goals: [goal([step(1, 'set'), step(7, 'agreed')])] })).toBe(7);
    expect(newest({ ...empty, scales: [scale(SOFIE, '', 1, 1, 1, 12)] })).toBe(12);
    expect(newest({ ...empty, rounds: [{ starts_on: '', ratings: [rating(SOFIE, 'red', '', 21)], professionals_missing: 0, parents_missing: 0 }] })).toBe(21);
    expect(newest({ ...empty, evaluations: [{ ...evaluation, views: [view] }] })).toBe(40);
    expect(sides({ ...evaluation, views: [view, { ...view, of: ANDERS }] }).professionals.map(({ of }) => of.name)).toEqual(['Anders']);
  });
});
