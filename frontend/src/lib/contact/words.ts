import type { Callback, Card, Contact } from '../api/contacts';
import { t } from '../text/text.svelte';
import { clock, date, onDay } from '../when';

/** What a phone dials. */
export const dial = ({ phone }: Card) => `tel:${phone.replaceAll(' ', '')}`;

export const moment = (iso: string) => `${onDay(iso)} ${t('day.at', { time: clock(iso) })}`;

/** Until when somebody rings, or should have rung. */
export function promise({ caller, due_on, late }: Callback): string {
  if (!caller) return t('contact.by_nobody');
  return t(late ? 'contact.by_day_late' : 'contact.by_day', { name: caller.name, date: date(due_on) });
}

/** A visit, a call or a meeting, as one sentence. */
export function logged({ author, kind, who, at, withdrawn_at }: Contact): string {
  if (withdrawn_at) return t('contact.withdrawn_line', { author: author.name });
  const values = { author: author.name, kind: t(`contact.kind_${kind}`).toLowerCase(), who, when: moment(at) };
  return t(who ? 'contact.logged_with' : 'contact.logged_line', values);
}
