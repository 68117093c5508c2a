import type { Member, Role } from '../api/types';

/** Who can read what is written now: a place that has ended or is paused opens nothing. */
export function reading(people: readonly Member[]): Member[] {
  return people.filter((person) => !person.ended_at && !person.paused_at);
}

export const ofMunicipality = (role: Role) => role === 'caseworker' || role === 'on_duty';

/** Whose words an adult may write down: a child, who may be without a login of its own. */
export function children(people: readonly Member[]): Member[] {
  return people.filter((person) => person.role === 'child' && !person.ended_at && !person.is_me);
}
