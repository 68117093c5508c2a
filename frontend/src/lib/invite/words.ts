import type { Information, Invitation, Thread } from '../api/types';
import { currentLanguage, t } from '../text/text.svelte';
import { missing } from './life';

/** One kind on each line. */
export const kindsInWords = (kinds: readonly Information[]) => kinds.map((kind) => t(`information.${kind}`)).join('\n');

export const inFull = (person: { name: string; capacity: string }) => `${person.name} (${person.capacity})`;

/** Whom a consent is to, as it was agreed: the name, a comma, what the person is. */
export const nameOf = (recipient: string) => recipient.split(', ')[0];

const list = (names: string[], type: 'conjunction' | 'disjunction') =>
  new Intl.ListFormat(currentLanguage(), { type }).format(names);

/** Mette (mor) eller Jonas (far): whose answer is still missing, apart from mine. Empty when nobody's is. */
export function othersMissing(invitation: Invitation, me: Thread['me']): string {
  const { either, all } = missing(invitation, me);
  const holders = either.length > 0 ? [list(either.map(inFull), 'disjunction')] : [];
  return list([...holders, ...all.map(inFull)], 'conjunction');
}

/** Who is invited, as what, and by our own word beside it: a capacity is what somebody wrote. */
export const guestInFull = ({ name, capacity, role }: Pick<Invitation, 'name' | 'capacity' | 'role'>) =>
  `${name}, ${capacity} (${t(`as.${role}`)})`;
