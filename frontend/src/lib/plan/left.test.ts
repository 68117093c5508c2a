import { describe, expect, it } from 'vitest';
import type { KeptDraft } from '../api/drafts';
import type { Plan } from '../api/plans';
import { left } from './left';

const draft = (form: KeptDraft['form'], about: string): KeptDraft => ({ form, about, id: about, text: '{}', version: 1, saved_at: '' });
const plan = {
  goals: [{ id: 'open', stage: 'open' }, { id: 'over', stage: 'reached' }],
  actions: [{ id: 'done', stage: 'done' }],
  evaluations: [{ id: 'old' }, { id: 'new' }]
} as unknown as Plan;
const drafts = [
  draft('goal', 't'),
  draft('action', 'open'),
  draft('action', 'over'),
  draft('plan_declined', 'open'),
  draft('plan_declined', 'over'),
  draft('plan_reworded', 'done'),
  draft('scale', 'over'),
  draft('evaluation', 'old'),
  draft('evaluation', 'new'),
  draft('message', 't')
];
const kept = (may: Parameters<typeof left>[2]) => left(drafts, plan, may).map(({ form, about }) => `${form} ${about}`);

describe('drafts that have no form any more', () => {
  it('are those about what is over', () => {
    expect(kept(['make_plan', 'give_view'])).toEqual([
      'action over',
      'plan_declined over',
      'plan_reworded done',
      'scale over',
      'evaluation old'
    ]);
  });

  it('are also those that are no longer mine to send, but never the message of the thread', () => {
    const all = kept([]);
    expect(all).toContain('goal t');
    expect(all).toContain('evaluation new');
    expect(all).not.toContain('message t');
  });
});
