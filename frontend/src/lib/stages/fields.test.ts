import { describe, expect, it } from 'vitest';
import type { Stage, Stages } from '../api/stages';
import { BLANK, bodyOf, clockOf, faultsOf, moment, outcomesOf, trackOf, type Fields } from './fields';

const NOW = new Date('2026-11-26T10:00');
const fields = (more: Partial<Fields>): Fields => ({ id: 'a', ...BLANK, words: 'Fordi', ...more });
const none: Stages = { standing: null, steps: [], may_follow: [], serious: false, track: null, to_sign: null };

describe('the form grows with what is at stake', () => {
  it('a ground leaves only the full assessment', () => {
    const serious = fields({ step: 'screened', ground: 'violence', track: 'light' });
    expect(outcomesOf(serious)).toEqual(['section_20']);
    expect(trackOf(serious)).toBe('full');
    expect(trackOf(fields({ step: 'screened', outcome: 'section_19', track: 'light' }))).toBe('light');
  });

  it('danger cannot be sent', () => {
    expect(faultsOf(fields({ step: 'danger_assessed', danger: 'yes' }), false, NOW)).toEqual({ danger: 'danger' });
    expect(faultsOf(fields({ step: 'danger_assessed' }), false, NOW)).toEqual({ danger: 'choose' });
    expect(faultsOf(fields({ step: 'danger_assessed', danger: 'no' }), false, NOW)).toEqual({});
  });

  it('no decision without the child, and on the full track without those who took part', () => {
    const decided = fields({ step: 'decided', outcome: 'support', committee: 'no' });
    expect(faultsOf(decided, false, NOW)).toEqual({ view: 'choose', child_view: 'child_view', plan: 'choose' });
    const heard = { ...decided, plan: 'no' as const, view: 'none' as const, child_view: 'Han er tre måneder.' };
    expect(faultsOf(heard, false, NOW)).toEqual({});
    expect(faultsOf(heard, true, NOW)).toEqual({ involved: 'involved' });
  });

  it('a follow-up says when the next one is, or that it ends', () => {
    expect(faultsOf(fields({ step: 'followed_up', outcome: 'continues' }), false, NOW)).toEqual({ weeks: 'weeks' });
    expect(faultsOf(fields({ step: 'followed_up', outcome: 'continues', weeks: '26' }), false, NOW)).toEqual({});
    expect(faultsOf(fields({ step: 'followed_up', outcome: 'ends' }), false, NOW)).toEqual({});
  });

  it('an outcome of another step counts for nothing', () => {
    expect(faultsOf(fields({ step: 'decided', outcome: 'ends', view: 'none', child_view: 'x', committee: 'no' }), false, NOW)).toEqual({
      outcome: 'choose'
    });
  });
});

describe('when it was', () => {
  it('nothing written is now; an earlier day is dated at noon; a notification has its hour', () => {
    expect(moment(fields({ step: 'decided' }), NOW)).toBeNull();
    expect(moment(fields({ step: 'decided', day: '26. november' }), NOW)).toBeNull();
    expect(moment(fields({ step: 'decided', day: '20. november' }), NOW)).toBe(new Date('2026-11-20T12:00').toISOString());
    expect(moment(fields({ step: 'notified', time: '8.15' }), NOW)).toBe(new Date('2026-11-26T08:15').toISOString());
  });

  it('it has happened, and at most a month ago', () => {
    for (const day of ['27. november', '1. oktober', 'i går'])
      expect(faultsOf(fields({ step: 'notified', day }), false, NOW)).toEqual({ day: 'day' });
    expect(faultsOf(fields({ step: 'notified', time: '11' }), false, NOW)).toEqual({ day: 'day' });
    expect(faultsOf(fields({ step: 'notified', time: 'middag' }), false, NOW)).toEqual({ time: 'time' });
  });

  it.each([['14.30', '14:30'], ['kl. 8', '08:00'], ['24', null], ['9:75', null]])('%s', (written, read) => {
    expect(clockOf(written)).toBe(read);
  });
});

describe('what is sent', () => {
  it('is the part of the step, and nothing that was filled in before', () => {
    const sent = bodyOf(fields({ step: 'started', measure: ' En støtteperson ', outcome: 'support', oral: 'yes' }), none, 3);
    expect(sent).toEqual({ id: 'a', step: 'started', words: 'Fordi', circle: 3, measure: 'En støtteperson', weeks: null });
  });

  it('a complaint is about the last decision, and is looked at again once', () => {
    const stage = (id: string, step: Stage['step'], about: string | null = null) => ({ id, step, about, due_at: 'x' }) as Stage;
    const steps = [stage('1', 'decided'), stage('2', 'decided'), stage('3', 'complained', '1'), stage('4', 'reconsidered', '3')];
    expect(bodyOf(fields({ step: 'complained', oral: 'yes' }), { ...none, steps }, 1)).toMatchObject({ about: '2', oral: true });
    const waiting = [...steps, stage('5', 'complained', '2')];
    expect(bodyOf(fields({ step: 'reconsidered', outcome: 'upheld' }), { ...none, steps: waiting }, 1)).toMatchObject({ about: '5' });
  });

  it('an answer is about what has waited longest', () => {
    const asked = (id: string) => ({ id, step: 'file_asked', due_at: 'x' }) as Stage;
    const answer = { id: '3', step: 'file_answered', about: '1' } as Stage;
    const body = bodyOf(fields({ step: 'file_answered' }), { ...none, steps: [asked('1'), asked('2'), answer, asked('4')] }, 1);
    expect(body).toMatchObject({ about: '2' });
  });

  it('a plan is of the last decision, and of support', () => {
    const steps = [{ id: '1', step: 'decided' }, { id: '2', step: 'decided' }] as Stage[];
    expect(bodyOf(fields({ step: 'plan_ready' }), { ...none, steps }, 1)).toMatchObject({ about: '2' });
    const refused = fields({ step: 'decided', outcome: 'no_support', plan: 'yes' });
    expect(bodyOf(refused, none, 1)).toMatchObject({ plan: false });
  });
});
