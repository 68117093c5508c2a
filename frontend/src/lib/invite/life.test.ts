import { describe, expect, it } from 'vitest';
import { dayFault, faultOf, later, longer, reachable, shorter, untilOf } from './agreement';
import { missing } from './life';
import { faultsOf, type Told } from './told';
import { voiceFor } from './voice';

const now = new Date(2026, 10, 21);
const allowed = shorter('2026-12-24', now);

describe('giving a consent', () => {
  it('may be shorter than was proposed, never longer', () => {
    const until = (written: string) => faultOf({ length: 'shorter', until: written }, allowed);
    expect(until('1-12-2026')).toBeNull();
    expect(until('24. december 2026')).toBeNull();
    expect(until('25-12-2026')).toBe('until_outside');
    expect(until('21-11-2026')).toBe('until_outside');
    expect(until('snart')).toBe('until_wrong');
    expect(until(' ')).toBe('until_missing');
  });

  it('sends a day only where the giver chose one', () => {
    expect(untilOf({ length: 'proposed', until: '1-12-2026' })).toBeNull();
    expect(untilOf({ length: 'shorter', until: '1-12-2026' })).toBe('2026-12-01');
  });

  it('lets nobody to the consent past the open question', () => {
    expect(reachable('check', { length: null, until: '' }, allowed)).toBe('until');
    expect(reachable('check', { length: 'proposed', until: '' }, allowed)).toBe('check');
    expect(reachable('kinds', { length: null, until: '' }, allowed)).toBe('kinds');
    expect(reachable('elsewhere', { length: 'proposed', until: '' }, allowed)).toBe('who');
  });
});

describe('prolonging', () => {
  it('begins after the last day and ends within a year', () => {
    const more = longer('2026-11-30', now);
    expect(more).toEqual({ min: '2026-12-01', max: '2027-11-21' });
    expect(later('2026-11-30', 90, more)).toBe('2027-02-28');
    expect(later('2027-10-30', 90, more)).toBe('2027-11-21');
    expect(dayFault('30-11-2026', more)).toBe('until_outside');
  });
});

describe('a consent told to staff', () => {
  const told: Told = { giver: 'm', how: 'phone', given_on: '20-11-2026', until: '' };

  it('says who, how and on which day, not a day to come', () => {
    expect([...faultsOf(told, null, now)]).toEqual([]);
    expect([...faultsOf({ ...told, giver: null, how: null, given_on: '' }, null, now)]).toEqual([
      'giver_missing',
      'how_missing',
      'given_on_wrong'
    ]);
    expect([...faultsOf({ ...told, given_on: '22-11-2026' }, null, now)]).toEqual(['given_on_outside']);
  });

  it('needs a new last day where the place runs already', () => {
    expect([...faultsOf(told, '2026-12-01', now)]).toEqual(['until_missing']);
    expect([...faultsOf({ ...told, until: '1-3-2027' }, '2026-12-01', now)]).toEqual([]);
  });
});

describe('whose answer is missing', () => {
  const mother = { membership: 'm', name: 'Mette', capacity: 'mor', role: 'custody_holder' } as const;
  const father = { membership: 'f', name: 'Jonas', capacity: 'far', role: 'custody_holder' } as const;
  const girl = { membership: 'g', name: 'Sofie', capacity: 'datter', role: 'young_person' } as const;
  const teacher = { membership: 't', role: 'professional' } as const;
  const all = [mother, father, girl];

  it('is everybody who is needed, apart from me', () => {
    const every = { waits_for: all, every_holder: true };
    expect(missing(every, mother)).toEqual({ either: [], all: [father, girl] });
    expect(missing(every, teacher)).toEqual({ either: [], all });
  });

  it('is one of the custody holders where one is enough, and I may be that one', () => {
    const one = { waits_for: all, every_holder: false };
    expect(missing(one, teacher)).toEqual({ either: [mother, father], all: [girl] });
    expect(missing(one, mother)).toEqual({ either: [], all: [girl] });
    expect(missing(one, girl)).toEqual({ either: [mother, father], all: [] });
  });
});

describe('reading aloud', () => {
  const voice = (lang: string, localService: boolean) => ({ lang, localService });

  it('takes a voice of the device in the language, and never one that sends the text away', () => {
    const here = voice('da-DK', true);
    expect(voiceFor([voice('da-DK', false), voice('en-GB', true), here], 'da')).toBe(here);
    expect(voiceFor([voice('da-DK', false), voice('en-GB', true)], 'da')).toBeUndefined();
  });
});
