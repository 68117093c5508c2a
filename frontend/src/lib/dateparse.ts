import { dayKey } from './dates';

const MONTHS: readonly (readonly string[])[] = [
  ['jan'],
  ['feb'],
  ['mar'],
  ['apr'],
  ['maj', 'may'],
  ['jun'],
  ['jul'],
  ['aug'],
  ['sep'],
  ['okt', 'oct'],
  ['nov'],
  ['dec']
];

function monthOf(word: string): number {
  if (/^\d+$/.test(word)) return Number(word);
  return MONTHS.findIndex((starts) => starts.some((start) => word.startsWith(start))) + 1;
}

function real(year: number, month: number, day: number): string | null {
  const date = new Date(year, month - 1, day, 12);
  const same = date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day;
  return same ? dayKey(date) : null;
}

function fullYear(written: string | undefined, now: Date): number {
  if (!written) return now.getFullYear();
  return written.length === 2 ? 2000 + Number(written) : Number(written);
}

/**
 * Reads a date in the ways people write one: 24-12-2026, 24/12 26, 24. december 2026, 2026-12-24.
 * Answers `2026-12-24`, or null when it is no date. Without a year it is this year.
 */
export function parseDate(written: string, now = new Date()): string | null {
  const text = written.trim().toLocaleLowerCase('da');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = /^(?:d\.|den)?\s*(\d{1,2})[\s./-]+([a-zæøå]+|\d{1,2})\.?(?:[\s./-]+(\d{4}|\d{2}))?$/.exec(text);
  if (!parts) return null;
  return real(fullYear(parts[3], now), monthOf(parts[2]), Number(parts[1]));
}

/** The same for a day to come: without a year it is the next such day. */
export function comingDate(written: string, now = new Date()): string | null {
  const read = parseDate(written, now);
  if (!read || read >= dayKey(now)) return read;
  return parseDate(written, new Date(now.getFullYear() + 1, now.getMonth(), now.getDate(), 12));
}
