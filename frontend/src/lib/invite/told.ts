import { parseDate } from '../dateparse';
import { dayKey } from '../dates';
import { dayFault, longer, type DayFault } from './agreement';

/** A consent that somebody gave on paper or by phone, as staff writes it down. */
export interface Told {
  giver: string | null;
  how: 'paper' | 'phone' | null;
  /** As written; `parseDate` reads it. */
  given_on: string;
  /** A new last day, as written: only asked where the place runs already. */
  until: string;
}

export type Fault = 'giver_missing' | 'how_missing' | 'given_on_wrong' | 'given_on_outside' | DayFault;

/** `last`: the last day of the place that runs already, else null. */
export function faultsOf(told: Told, last: string | null, now = new Date()): ReadonlySet<Fault> {
  const day = parseDate(told.given_on, now);
  const found: (Fault | false)[] = [
    !told.giver && 'giver_missing',
    !told.how && 'how_missing',
    !day && 'given_on_wrong',
    !!day && day > dayKey(now) && 'given_on_outside',
    last !== null && (dayFault(told.until, longer(last, now)) ?? false)
  ];
  return new Set(found.filter((fault) => fault !== false));
}
