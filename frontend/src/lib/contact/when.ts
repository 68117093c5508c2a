import { parseDate } from '../dateparse';

const CLOCK = /^\s*(\d{1,2})(?:[.:\s](\d{2}))?\s*$/;

/** A day and a clock as somebody writes them, as one moment; nothing when one of them cannot be read. */
export function momentOf(day: string, clock: string): string | null {
  const read = parseDate(day);
  const [, hours = '', minutes = '00'] = CLOCK.exec(clock) ?? [];
  if (!read || hours === '' || Number(hours) > 23 || Number(minutes) > 59) return null;
  return new Date(`${read}T${hours.padStart(2, '0')}:${minutes}`).toISOString();
}
