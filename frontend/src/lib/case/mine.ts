import type { Author, Case } from '../api/types';

/**
 * My places in the case: I am in each thread that the page shows. A thread tells nobody's identity, so where two people
 * have my name I am not picked out; the server refuses whatever place is not mine.
 */
export function myPlaces(known: Case): Author[] {
  const everywhere = known.threads.flatMap((thread) => thread.people);
  const isHere = (person: Author) => person.membership === known.me.membership;
  const name = everywhere.find(isHere)?.name;
  const mine = known.threads.flatMap(({ people }) => {
    const namesakes = people.filter((person) => person.name === name);
    return people.some(isHere) || namesakes.length > 1 ? [] : namesakes;
  });
  return [...everywhere.filter(isHere), ...mine];
}

/** One place of each capacity that I have there; first the one by which the page was opened. */
export function inEachCapacity(mine: readonly Author[]): Author[] {
  const found: Record<string, Author> = {};
  for (const place of mine) found[`${place.role} ${place.capacity}`] ??= place;
  return Object.values(found);
}
