import type { LookedAt } from '../api/looks';
import { named, t } from '../text/text.svelte';
import { clock } from '../when';

const capital = (words: string) => words.charAt(0).toLocaleUpperCase('da') + words.slice(1);

/** By name whom the family knows; of others, what they are and where. */
export const who = ({ name, capacity }: { name: string | null; capacity: string }) =>
  name ? `${name}, ${capacity}` : capital(capacity);

export const what = (look: { what: string }) => named('looks.what', look.what);

export const howOften = (look: LookedAt) => t('looks.times', { count: look.times, time: clock(look.last) });

/** Why, when it was not simply as a member of the conversation. Codes of ours have words; typed reasons are words. */
export function why({ purpose, reason }: { purpose: LookedAt['purpose']; reason: string | null }): string | null {
  if (purpose === 'participant' || !reason) return null;
  if (purpose === 'reason') return t('looks.reason', { reason });
  return t('looks.duty', { reason: reason === 'log_review' ? t('audit.log_review').toLocaleLowerCase('da') : reason });
}
