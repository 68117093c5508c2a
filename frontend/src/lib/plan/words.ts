import type { Action, Area, Goal, Round, Scale } from '../api/plans';
import type { Values } from '../text/format';
import { t } from '../text/text.svelte';
import { date } from '../when';
import { colours, courses, weeksOf, type Standing } from './figures';
import type { IconName } from '../ui/Icon.svelte';

export const AREAS: readonly Area[] = ['home', 'family', 'school', 'friends', 'leisure', 'feelings', 'health', 'other'];

/** Shown the same way for everybody: a sign and a word. */
export const SIGNS: Record<Standing, IconName> = {
  agreed: 'check',
  declined: 'close',
  done: 'check',
  dropped: 'lock',
  proposed: 'bell',
  reached: 'check',
  wish: 'heart'
};

/** Until when, and whether that has passed; or when it was done. */
export function dueWords(action: Pick<Action, 'stage' | 'done_at' | 'due_on' | 'starts_on' | 'late'>): string {
  if (action.stage === 'done') return t('plan.done_on', { date: date(action.done_at ?? action.due_on) });
  if (action.late) return t('plan.late', { date: date(action.due_on) });
  if (!action.starts_on) return t('plan.due', { date: date(action.due_on) });
  const days: Values = { from: date(action.starts_on), to: date(action.due_on) };
  const weeks = weeksOf(action);
  return weeks === null ? t('plan.from_to', days) : t('plan.measure', { ...days, count: weeks });
}

/** How each sees it so far, in one sentence a person. */
export function scaleWords(scales: readonly Scale[]): string {
  return courses(scales)
    .map(({ name, ...numbers }) => t(numbers.before === numbers.now ? 'plan.course_same' : 'plan.course', { name, ...numbers }))
    .join('\n');
}

export function whoseWords({ words_of, author, at }: Pick<Goal, 'words_of' | 'author' | 'at'>): string {
  const by = { name: author.name, capacity: author.capacity, date: date(at) };
  return words_of ? t('plan.said_written', { ...by, child: words_of.name }) : t('plan.said', by);
}

/** `short`: under a column. */
export function halfWords(starts_on: string, short = false): string {
  const key = starts_on.slice(5, 7) === '01' ? 'spring' : 'autumn';
  const year = starts_on.slice(0, 4);
  return t(short ? `progress.short_${key}` : `progress.${key}`, { year: short ? year.slice(2) : year });
}

/** How many say what in half a year, in one sentence. */
export function roundWords(round: Round): string {
  const said = colours(round).map(({ colour, count }) => t(`progress.say_${colour}`, { count }));
  return t('progress.round', { half: halfWords(round.starts_on), said: said.join(', ') });
}

/** Whose answer is not there yet in half a year. */
export function missingWords({ starts_on, professionals_missing, parents_missing }: Round): string[] {
  const half = halfWords(starts_on);
  return [
    ...(professionals_missing > 0 ? [t('progress.missing_professionals', { half, count: professionals_missing })] : []),
    ...(parents_missing > 0 ? [t('progress.missing_parents', { half, count: parents_missing })] : [])
  ];
}
