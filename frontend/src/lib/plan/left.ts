import type { KeptDraft } from '../api/drafts';
import type { Plan } from '../api/plans';
import type { Act } from '../api/types';

const CHANGES = /^plan_/;
const VIEWS = new Set<KeptDraft['form']>(['scale', 'wellbeing', 'evaluation']);
const MADE = new Set<KeptDraft['form']>(['action', 'goal', 'evaluation_day']);

/** Drafts of the plan whose form is gone: what they were about is over, or it is no longer mine to say. */
export function left(drafts: readonly KeptDraft[], plan: Plan, may: readonly Act[]): KeptDraft[] {
  const open = new Set([...plan.goals, ...plan.actions].filter(({ stage }) => stage === 'open').map(({ id }) => id));
  const known = new Set([...plan.goals, ...plan.actions].map(({ id }) => id));
  const over = ({ about }: KeptDraft) => known.has(about) && !open.has(about);
  const newest = plan.evaluations.at(-1)?.id;
  return drafts.filter((draft) => {
    const { form, about } = draft;
    if (form === 'evaluation') return about !== newest || !may.includes('give_view');
    if (VIEWS.has(form)) return over(draft) || !may.includes('give_view');
    if (MADE.has(form)) return over(draft) || !may.includes('make_plan');
    return CHANGES.test(form) && over(draft);
  });
}
