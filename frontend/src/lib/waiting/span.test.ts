import { expect, it } from 'vitest';
import { span } from './span';

it('says how long in the unit that people would use', () => {
  expect(span(0)).toEqual({ unit: 'minutes', count: 1 });
  expect(span(59)).toEqual({ unit: 'minutes', count: 59 });
  expect(span(60)).toEqual({ unit: 'hours', count: 1 });
  expect(span(47 * 60)).toEqual({ unit: 'hours', count: 47 });
  expect(span(48 * 60)).toEqual({ unit: 'days', count: 2 });
});
