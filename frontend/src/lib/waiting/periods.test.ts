import { expect, it } from 'vitest';
import { periods } from './periods';

it('offers no half of a year that has not begun', () => {
  const offered = (day: string) => periods(new Date(`${day}T12:00`)).map(({ value }) => value);
  expect(offered('2026-06-30')).toEqual(['2026', '2026-1', '2025']);
  expect(offered('2026-07-01')).toEqual(['2026', '2026-2', '2026-1', '2025']);
});
