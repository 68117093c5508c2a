import { describe, expect, it } from 'vitest';
import { Problem } from '../api/problem';
import { measure } from '../note/length';
import * as outbox from './outbox';

const box = outbox.add([], 'a', 'hej', 1);

describe('the outbox', () => {
  it('shows a message as on its way', () => {
    expect(box).toEqual([{ id: 'a', text: 'hej', circle: 1, state: 'sending', code: null }]);
  });

  it('keeps the text and the id through failure and retry', () => {
    const failed = outbox.fail(box, 'a', new Problem('database_down', 503));
    expect(failed[0]).toMatchObject({ text: 'hej', state: 'failed', code: 'database_down' });
    expect(outbox.retry(failed, 'a', 1)).toEqual(box);
  });

  it('asks again when the circle changed, and sends to the circle that was confirmed', () => {
    const refused = outbox.fail(box, 'a', new Problem('circle_changed', 409));
    expect(refused[0].state).toBe('circle_changed');
    expect(outbox.retry(refused, 'a', 2)[0]).toMatchObject({ state: 'sending', circle: 2 });
  });

  it('lets go of what has arrived, and of nothing else', () => {
    expect(outbox.drop(box, new Set(['b']))).toBe(box);
    expect(outbox.drop(box, new Set(['a']))).toEqual([]);
  });

  it('shows as not sent what a page load left on its way', () => {
    expect(outbox.recovered(box)[0].state).toBe('failed');
  });
});

describe('the length of a note', () => {
  it('nudges, and refuses only what cannot be sent', () => {
    expect([' ', 'a', 'a'.repeat(601), 'a'.repeat(4001)].map(measure)).toEqual(['empty', 'fine', 'long', 'too_long']);
  });
});
