import type { Author, Invitation, Thread } from '../api/types';

export const waitingClaims = (invitation: Pick<Invitation, 'claims'>) =>
  invitation.claims.filter((claim) => claim.state === 'waiting');

/** Whose answer is missing, apart from mine; of `either`, one answer is enough, and mine is one. */
export function missing(
  invitation: Pick<Invitation, 'waits_for' | 'every_holder'>,
  me: Pick<Thread['me'], 'membership' | 'role'>
): { either: readonly Author[]; all: readonly Author[] } {
  const mine = invitation.waits_for.some((person) => person.membership === me.membership);
  const others = invitation.waits_for.filter((person) => person.membership !== me.membership);
  if (invitation.every_holder) return { either: [], all: others };
  const holders = others.filter((person) => person.role === 'custody_holder');
  return {
    either: mine && me.role === 'custody_holder' ? [] : holders,
    all: others.filter((person) => person.role !== 'custody_holder')
  };
}
