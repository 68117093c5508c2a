import { describe, expect, it } from 'vitest';
import { momentOf } from './when';

const local = (iso: string) => new Date(iso).toISOString();

describe('when something took place', () => {
  it('is a day and a clock, as people write them', () => {
    expect(momentOf('24-11-2026', '14.30')).toBe(local('2026-11-24T14:30'));
    expect(momentOf('24.11.2026', '9:05')).toBe(local('2026-11-24T09:05'));
    expect(momentOf('24/11/2026', '21')).toBe(local('2026-11-24T21:00'));
  });

  it('is nothing when one of them cannot be read', () => {
    for (const clock of ['', '25', '12.60', 'om aftenen', '1430']) expect(momentOf('24-11-2026', clock)).toBeNull();
    expect(momentOf('en dag', '14.30')).toBeNull();
  });
});
