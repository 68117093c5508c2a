import { describe, expect, it } from 'vitest';
import type { CaseLine } from '../api/types';
import { byWhatWaits, matching, newThreads, pressing, tasks, whereToNote } from './overview';

function line(id: string, child: string, unread: boolean, asked = 0): CaseLine {
  return {
    id,
    child_name: child,
    unit: 'Familieafdelingen',
    opened_at: '2026-11-01T10:00:00Z',
    last_at: '2026-11-02T10:00:00Z',
    me: { role: 'caseworker', capacity: 'rådgiver' },
    threads: [
      {
        id: `t${id}`,
        kind: 'family',
        purpose: 'Ro om morgenen',
        closed: false,
        unread,
        first_new: unread ? 7 : null,
        mentioned: false,
        draft: false,
        writes_notes: true,
        last_at: `2026-11-0${id}T10:00:00Z`,
        last_line: null,
        last_author: null
      }
    ],
    to_agree: Array.from({ length: asked }, (_, i) => ({ thread: `t${id}`, invitation: `${i}`, name: 'A', capacity: 'b' })),
    to_renew: [],
    to_confirm: [],
    to_answer: [],
    to_call: [],
    to_receive: [],
    to_settle: [],
    to_do: [],
    ball: null,
    next: null,
    standing: null
  };
}

const answer = (due_on: string, late: boolean) => ({
  thread: 't1',
  note: 'n',
  seq: 12,
  response: `r${due_on}`,
  kind: 'not_right' as const,
  name: 'Mette',
  capacity: 'mor',
  due_on,
  late
});

describe('the home page', () => {
  it('asks for three things at most', () => {
    expect(tasks([line('1', 'A', false, 2), line('2', 'B', false, 2)])).toHaveLength(3);
    expect(tasks([line('1', 'A', false, 2), line('2', 'B', false, 2)], 1)).toHaveLength(2);
  });

  it('begins a note with the family, else where something was said last', () => {
    const family = line('1', 'A', false).threads[0]!;
    const older = { ...family, id: 'older', kind: 'other' as const, last_at: '2026-11-03T10:00:00Z' };
    const newer = { ...older, id: 'newer', last_at: '2026-11-04T10:00:00Z' };
    const where = (...threads: (typeof family)[]) => whereToNote({ ...line('1', 'A', false), threads })?.id;
    expect(where(older, newer, family)).toBe('t1');
    expect(where(older, newer, { ...family, closed: true })).toBe('newer');
    expect(where(newer, older, { ...family, writes_notes: false })).toBe('newer');
    expect(where({ ...family, closed: true })).toBeUndefined();
  });

  it('leads in one tap to what is to be answered, the most pressing first', () => {
    const ending = { thread: 't1', invitation: 'i', membership: 'm', name: 'A', capacity: 'b', ends_on: '2026-12-03' };
    const full = { ...line('1', 'A', false, 1), to_renew: [ending] };
    expect(tasks([full]).map((task) => task.href)).toEqual([
      '/cases/1/threads/t1/invitations/0',
      '/cases/1/threads/t1/invitations/i/prolong'
    ]);
    const confirm = { thread: 't1', summary: 's', name: 'K', capacity: 'r' };
    const asked = { ...full, to_confirm: [confirm], to_answer: [answer('2026-12-02', false), answer('2026-11-20', true)] };
    expect(tasks([asked]).map((task) => [task.kind, task.href])).toEqual([
      ['answer_late', '/cases/1/threads/t1#e12'],
      ['answer', '/cases/1/threads/t1#e12'],
      ['agree', '/cases/1/threads/t1/invitations/0']
    ]);
    expect(tasks([{ ...line('1', 'A', false), to_confirm: [confirm] }])[0]).toMatchObject({
      href: '/cases/1/threads/t1/status',
      purpose: 'Ro om morgenen'
    });
  });

  it('tells what I am to do by a plan, the late first, and asks once for what one person has proposed', () => {
    const todo = (item: string, due_on: string, late: boolean) => ({ thread: 't1', item, words: 'Ring', due_on, late });
    const proposal = (item: string, name = 'Karen') => ({ thread: 't1', item, name, capacity: 'rådgiver' });
    const full = {
      ...line('1', 'A', false),
      to_do: [todo('x', '2026-12-05', false), todo('y', '2026-11-20', true)],
      to_settle: [proposal('p'), proposal('q')]
    };
    expect(tasks([full]).map(({ kind, href, count }) => [kind, href, count])).toEqual([
      ['do_late', '/cases/1/threads/t1/plan#p-y', 1],
      ['settle', '/cases/1/threads/t1/plan#p-p', 2],
      ['do', '/cases/1/threads/t1/plan#p-x', 1]
    ]);
    const late = { ...full, to_answer: [answer('2026-11-25', true), answer('2026-12-01', false)] };
    expect(tasks([late]).map(({ kind }) => kind)).toEqual(['answer_late', 'do_late', 'answer']);
    const two = { ...line('1', 'A', false), to_settle: [proposal('p'), proposal('q', 'Anders')] };
    expect(tasks([two]).map(({ name, count }) => [name, count])).toEqual([['Karen', 1], ['Anders', 1]]);
    expect([pressing(full), pressing(two)]).toEqual([0, 2]);
  });

  it('says whom I am to ring up, the late before what is only due', () => {
    const call = (callback: string, due_on: string, late: boolean) =>
      ({ thread: 't1', callback, seq: 9, name: 'Mette', capacity: 'mor', due_on, late });
    const asked = { ...line('1', 'A', false), to_call: [call('a', '2026-12-01', false), call('b', '2026-11-20', true)] };
    expect(tasks([asked]).map(({ kind, href }) => [kind, href])).toEqual([
      ['call_late', '/cases/1/threads/t1/contact'],
      ['call', '/cases/1/threads/t1/contact']
    ]);
    expect([pressing(asked), pressing({ ...asked, to_call: [call('a', '2026-12-01', false)] })]).toEqual([0, 1]);
  });

  it('puts first what waits for me', () => {
    const quiet = line('1', 'A', false);
    const fresh = line('2', 'B', true);
    const named = { ...line('3', 'C', true), threads: [{ ...line('3', 'C', true).threads[0]!, mentioned: true }] };
    const asked = line('4', 'D', false, 1);
    const late = { ...line('5', 'E', false), to_answer: [answer('2026-11-20', true)] };
    expect(byWhatWaits([quiet, fresh, named, asked, late]).map((one) => one.child_name)).toEqual(['E', 'C', 'D', 'B', 'A']);
    expect([quiet, fresh].map(pressing)).toEqual([4, 3]);
  });

  it('shows what is new, newest first', () => {
    const found = newThreads([line('1', 'A', true), line('2', 'B', false), line('3', 'C', true)]);
    expect(found.map((news) => news.child)).toEqual(['C', 'A']);
  });

  it('finds by child and by subject', () => {
    const cases = [line('1', 'Åse Holm', false), line('2', 'Bo', false)];
    expect(matching(cases, 'åse morgen')).toHaveLength(1);
    expect(matching(cases, ' ')).toHaveLength(2);
    expect(matching(cases, 'xyz')).toHaveLength(0);
  });
});

describe('a receipt that is due', () => {
  const receive = (thread: string, due_on: string, late: boolean) => ({ thread, concern: 'n', name: 'Birgit', capacity: '', due_on, late });

  it('comes before what is asked of others, and the late one first', () => {
    const asked = { ...line('1', 'A', false), to_receive: [receive('a', '2026-12-01', false), receive('a', '2026-11-20', true)] };
    expect(tasks([asked]).map((task) => [task.kind, task.href])).toEqual([
      ['receive_late', '/cases/1/threads/a/concerns/n'],
      ['receive', '/cases/1/threads/a/concerns/n']
    ]);
    expect([pressing(asked), pressing({ ...asked, to_receive: [receive('a', '2026-12-01', false)] })]).toEqual([0, 1]);
  });
});
