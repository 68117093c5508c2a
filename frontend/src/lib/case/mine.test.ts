import { describe, expect, it } from 'vitest';
import type { Case } from '../api/types';
import { inEachCapacity, myPlaces } from './mine';

type Who = [membership: string, name: string, capacity: string];
const about = (...threads: Who[][]) =>
  ({
    me: { membership: 'a', role: 'professional', capacity: 'pædagog' },
    threads: threads.map((people) => ({
      people: people.map(([membership, name, capacity]) => ({ membership, name, capacity, role: 'professional' }))
    }))
  }) as unknown as Case;
const places = (known: Case) => myPlaces(known).map((place) => place.membership);

describe('my places in a case', () => {
  it('are one in each thread, the one by which the page was opened first', () => {
    const known = about([['b', 'Lone', 'spejderleder'], ['m', 'Mette', 'mor']], [['a', 'Lone', 'pædagog']]);
    expect(places(known)).toEqual(['a', 'b']);
  });

  it('are never a namesake: where two have my name I am not picked out', () => {
    const known = about([['a', 'Lone', 'pædagog'], ['x', 'Lone', 'mor']], [['b', 'Lone', 'pædagog'], ['y', 'Lone', 'mor']]);
    expect(places(known)).toEqual(['a']);
  });

  it('offer each capacity once', () => {
    const known = about([['a', 'Lone', 'pædagog']], [['b', 'Lone', 'spejderleder']], [['c', 'Lone', 'pædagog']]);
    expect(inEachCapacity(myPlaces(known)).map((place) => place.membership)).toEqual(['a', 'b']);
  });
});
