const HOUR = 60;
const DAY = 24 * HOUR;

/** A length of time in the unit in which people would say it. */
export function span(minutes: number): { unit: 'minutes' | 'hours' | 'days'; count: number } {
  if (minutes < HOUR) return { unit: 'minutes', count: Math.max(1, Math.round(minutes)) };
  if (minutes < 2 * DAY) return { unit: 'hours', count: Math.round(minutes / HOUR) };
  return { unit: 'days', count: Math.round(minutes / DAY) };
}
