const LOCALES: Record<string, string> = { da: 'da-DK', en: 'en-GB' };
const formats = new Map<string, Intl.DateTimeFormat>();

const SHAPES = {
  time: { hour: '2-digit', minute: '2-digit' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short' }
} satisfies Record<string, Intl.DateTimeFormatOptions>;

function format(language: string, shape: keyof typeof SHAPES, at: Date): string {
  const key = language + shape;
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(LOCALES[language] ?? language, SHAPES[shape])));
  return found.format(at);
}

/** `2026-11-21`, in the reader's own time zone. */
export function dayKey(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function addDays(from: Date, days: number): Date {
  const to = new Date(from);
  to.setDate(to.getDate() + days);
  return to;
}

export function time(iso: string, language: string): string {
  return format(language, 'time', new Date(iso));
}

/** A whole date: `21. november 2026`. Plain dates are read as local days, not as midnight in London. */
export function fullDate(iso: string, language: string): string {
  return format(language, 'day', new Date(iso.length === 10 ? `${iso}T12:00` : iso));
}

export interface DayWords {
  today: string;
  yesterday: string;
}

export function dayName(iso: string, language: string, words: DayWords, now = new Date()): string {
  const at = new Date(iso);
  if (dayKey(at) === dayKey(now)) return words.today;
  if (dayKey(at) === dayKey(addDays(now, -1))) return words.yesterday;
  return format(language, at.getFullYear() === now.getFullYear() ? 'weekday' : 'day', at);
}

/** In a list: the clock today, the word yesterday, else the date. */
export function brief(iso: string, language: string, words: DayWords, now = new Date()): string {
  const at = new Date(iso);
  if (dayKey(at) === dayKey(now)) return time(iso, language);
  if (dayKey(at) === dayKey(addDays(now, -1))) return words.yesterday;
  return format(language, at.getFullYear() === now.getFullYear() ? 'short' : 'day', at);
}
