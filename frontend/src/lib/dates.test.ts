import { describe, expect, it } from 'vitest';
import { comingDate, parseDate } from './dateparse';
import { brief, dayKey, dayName, fullDate } from './dates';

const words = { today: 'I dag', yesterday: 'I går' };
const now = new Date(2026, 10, 21, 12);
const at = (day: number, month = 10, year = 2026) => new Date(year, month, day, 9, 5).toISOString();

describe('days in words', () => {
  it('says today and yesterday', () => {
    expect(dayName(at(21), 'da', words, now)).toBe('I dag');
    expect(dayName(at(20), 'da', words, now)).toBe('I går');
  });

  it('names the weekday, and the year when it is another', () => {
    expect(dayName(at(12), 'da', words, now)).toMatch(/^torsdag (den )?12\. november$/);
    expect(dayName(at(12, 10, 2025), 'da', words, now)).toBe('12. november 2025');
    expect(dayName(at(12), 'en', words, now)).toBe('Thursday 12 November');
  });

  it('is brief in lists', () => {
    expect(brief(at(21), 'da', words, now)).toBe('09.05');
    expect(brief(at(20), 'da', words, now)).toBe('I går');
    expect(brief(at(12), 'da', words, now)).toBe('12. nov.');
  });

  it('reads a plain date as a day, in any time zone', () => {
    expect(fullDate('2026-11-21', 'da')).toBe('21. november 2026');
    expect(dayKey(new Date('2026-11-21T12:00'))).toBe('2026-11-21');
  });
});

describe('a date as people write it', () => {
  it.each([
    ['24-12-2026', '2026-12-24'],
    ['24/12 26', '2026-12-24'],
    ['24.12.2026', '2026-12-24'],
    ['24. december 2026', '2026-12-24'],
    ['den 3. maj 2027', '2027-05-03'],
    ['3 May 2027', '2027-05-03'],
    ['2026-12-24', '2026-12-24'],
    ['1/2', '2026-02-01']
  ])('%s', (written, read) => {
    expect(parseDate(written, now)).toBe(read);
  });

  it.each(['', 'snart', '31-02-2027', '12-24-2026', '24. blomst 2026'])('not %s', (written) => {
    expect(parseDate(written, now)).toBeNull();
  });
});

describe('a day to come', () => {
  const now = new Date(2026, 10, 26, 12);
  it.each([
    ['10. januar', '2027-01-10'],
    ['24/12', '2026-12-24'],
    ['26. november', '2026-11-26'],
    ['10. januar 2026', '2026-01-10'],
    ['2026-01-10', '2026-01-10'],
    ['i morgen', null]
  ])('%s is %s', (written, read) => {
    expect(comingDate(written, now)).toBe(read);
  });
});
