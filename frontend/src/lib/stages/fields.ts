import type { NewStage, Outcome, Stage, Stages, Step } from '../api/stages';
import { parseDate } from '../dateparse';
import { dayKey } from '../dates';
import { shows, tidy } from '../note/tidy';

/** What the form holds; each step asks for its own part of it. */
export interface Fields {
  id: string;
  step: Step | null;
  day: string;
  time: string;
  words: string;
  danger: 'yes' | 'no' | null;
  outcome: Outcome | null;
  ground: Ground;
  track: 'full' | 'light' | null;
  view: View | null;
  child_view: string;
  involved: string;
  committee: 'yes' | 'no' | null;
  plan: 'yes' | 'no' | null;
  measure: string;
  weeks: string;
  oral: 'yes' | 'no' | null;
}

export const GROUNDS = ['none', 'violence', 'complex', 'after_shelter'] as const;
export const VIEWS = ['own_words', 'summary', 'none'] as const;
export type Ground = (typeof GROUNDS)[number];
export type View = (typeof VIEWS)[number];

export const BLANK: Omit<Fields, 'id'> = {
  step: null,
  day: '',
  time: '',
  words: '',
  danger: null,
  outcome: null,
  ground: 'none',
  track: null,
  view: null,
  child_view: '',
  involved: '',
  committee: null,
  plan: null,
  measure: '',
  weeks: '',
  oral: null
};

export const OUTCOMES: Partial<Record<Step, readonly Outcome[]>> = {
  screened: ['nothing_more', 'section_19', 'section_20'],
  decided: ['support', 'no_support', 'other'],
  followed_up: ['continues', 'changes', 'ends'],
  reconsidered: ['changed', 'upheld']
};
/** A ground makes the full assessment the law. */
export const outcomesOf = ({ step, ground }: Fields): readonly Outcome[] =>
  step === 'screened' && ground !== 'none' ? ['section_20'] : ((step && OUTCOMES[step]) ?? []);

/** What kind of way: the full assessment leaves no choice. */
export const trackOf = ({ outcome, ground, track }: Fields) =>
  ground !== 'none' || outcome === 'section_20' ? 'full' : track;

const MONTH_DAYS = 31;

/** When it was so: null when it is now, or not to be read. A step of a day that is over is dated at noon. */
export function moment({ day, time, step }: Fields, now = new Date()): string | null {
  const on = day.trim() ? parseDate(day, now) : dayKey(now);
  const clock = step === 'notified' && time.trim() ? clockOf(time) : null;
  if (!on || (on === dayKey(now) && !clock)) return null;
  return new Date(`${on}T${clock ?? '12:00'}`).toISOString();
}

/** `14.30`, `14:30`, `8`: the clock as people write it. */
export function clockOf(written: string): string | null {
  const parts = /^(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?$/.exec(written.trim().toLowerCase());
  if (!parts || Number(parts[1]) > 23 || Number(parts[2] ?? 0) > 59) return null;
  return `${(parts[1] ?? '').padStart(2, '0')}:${parts[2] ?? '00'}`;
}

export function weeksOf({ weeks }: Fields): number | null {
  const read = /^\d{1,2}$/.test(weeks.trim()) ? Number(weeks) : 0;
  return read >= 1 && read <= 52 ? read : null;
}

type Fault = 'choose' | 'child_view' | 'danger' | 'day' | 'involved' | 'measure' | 'time' | 'weeks' | 'words';

/** What is missing or wrong, by field. */
export function faultsOf(fields: Fields, full: boolean, now = new Date()): Partial<Record<string, Fault>> {
  const { step, day, time } = fields;
  const at = moment(fields, now);
  const gone = at !== null && (Date.parse(at) > now.getTime() || now.getTime() - Date.parse(at) > MONTH_DAYS * 86_400_000);
  return {
    ...(!step && { step: 'choose' as const }),
    ...(!shows(fields.words) && { words: 'words' as const }),
    ...(((day.trim() && !parseDate(day, now)) || gone) && { day: 'day' as const }),
    ...(step === 'notified' && time.trim() && !clockOf(time) && { time: 'time' as const }),
    ...(outcomesOf(fields).length > 0 && !outcomesOf(fields).some((one) => one === fields.outcome) && { outcome: 'choose' as const }),
    ...(step ? OWN[step]?.(fields, full) : {})
  };
}

const OWN: Partial<Record<Step, (fields: Fields, full: boolean) => Partial<Record<string, Fault>>>> = {
  danger_assessed: ({ danger }) => (danger === 'no' ? {} : { danger: danger ? 'danger' : 'choose' }),
  screened: (fields) => (trackOf(fields) ? {} : { track: 'choose' }),
  decided: (fields, full) => ({
    ...(!fields.view && { view: 'choose' as const }),
    ...(!shows(fields.child_view) && { child_view: 'child_view' as const }),
    ...(full && !shows(fields.involved) && { involved: 'involved' as const }),
    ...(!fields.committee && { committee: 'choose' as const }),
    ...(fields.outcome === 'support' && !fields.plan && { plan: 'choose' as const })
  }),
  started: (fields) => ({
    ...(!shows(fields.measure) && { measure: 'measure' as const }),
    ...(fields.weeks.trim() && !weeksOf(fields) && { weeks: 'weeks' as const })
  }),
  followed_up: (fields) => (fields.outcome === 'ends' || weeksOf(fields) ? {} : { weeks: 'weeks' }),
  complained: ({ oral }) => (oral ? {} : { oral: 'choose' })
};

/** What is sent: the step's own part of the form. */
export function bodyOf(fields: Fields, stages: Stages, circle: number): NewStage {
  const { id, step, outcome } = fields;
  const at = moment(fields);
  const said = { id, words: tidy(fields.words), circle, ...(at && { happened_at: at }) };
  const own: Partial<Record<Step, object>> = {
    danger_assessed: { danger: fields.danger === 'yes' },
    screened: { outcome, track: trackOf(fields), grounds: fields.ground === 'none' ? [] : [fields.ground] },
    decided: {
      outcome,
      child_view_choice: fields.view,
      child_view: tidy(fields.child_view),
      involved: tidy(fields.involved),
      committee: fields.committee === 'yes',
      plan: outcome === 'support' && fields.plan === 'yes'
    },
    started: { measure: tidy(fields.measure), weeks: weeksOf(fields) },
    followed_up: { outcome, weeks: outcome === 'ends' ? null : weeksOf(fields) },
    complained: { oral: fields.oral === 'yes' },
    reconsidered: { outcome }
  };
  return { step, ...said, ...(step && { ...own[step], ...about(step, stages.steps) }) } as NewStage;
}

/** Which earlier step it is about: the last of its kind, or what has waited longest for an answer. */
function about(step: Step, steps: readonly Stage[]): { about?: string } {
  const last = (kind: Step) => steps.findLast((one) => one.step === kind);
  const answered = new Set(steps.filter((one) => one.step === step).map((one) => one.about));
  const waiting = (kind: Step) => steps.find((one) => one.step === kind && one.due_at && !answered.has(one.id));
  const found: Partial<Record<Step, Stage | undefined>> = {
    complained: last('decided'),
    plan_ready: last('decided'),
    provisional: last('screened'),
    reconsidered: waiting('complained'),
    file_answered: waiting('file_asked')
  };
  return step in found ? { about: found[step]?.id } : {};
}
