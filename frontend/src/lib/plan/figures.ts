import type { Action, Evaluation, Goal, Plan, Rating, Round, Scale, Step } from '../api/plans';
import type { Member } from '../api/types';
import { dayKey } from '../dates';

type Item = Goal | Action;

/** The number of the newest thing that this plan has in it. */
export function newest(plan: Plan): number {
  const steps = [...plan.goals, ...plan.actions].flatMap(({ history }) => history);
  const ratings = plan.rounds.flatMap((round) => round.ratings);
  const views = plan.evaluations.flatMap((one) => [one, ...one.views]);
  return [...steps, ...plan.scales, ...ratings, ...views].reduce((most, { seq }) => Math.max(most, seq), 0);
}

/** How something stands, for family and municipality alike. */
export type Standing = 'wish' | 'proposed' | 'agreed' | 'declined' | 'reached' | 'done' | 'dropped';

export function standing(item: Item): Standing {
  if (item.stage !== 'open') return item.stage;
  return 'kind' in item && item.kind === 'wish' ? 'wish' : item.state;
}

/** The step that gave something the words it has now. */
export function wording({ history }: Item): Step {
  return history.findLast(({ step }) => step === 'set' || step === 'reworded') ?? history[0]!;
}

/** Why the family said no to the words that stand now, and who said so: each one's last word. */
export function noes(item: Item): Step[] {
  const after = wording(item).seq;
  const said = new Map<string, Step>();
  for (const step of item.history) {
    if (step.seq > after && (step.step === 'declined' || step.step === 'agreed')) said.set(step.by.membership, step);
  }
  return [...said.values()].filter(({ step }) => step === 'declined');
}

/** How long a measure runs by now, when that is whole weeks: its last day may have been moved. */
export function weeksOf({ starts_on, due_on }: Pick<Action, 'starts_on' | 'due_on'>): number | null {
  if (!starts_on) return null;
  const days = (Date.parse(due_on) - Date.parse(starts_on)) / 86_400_000 + 1;
  return days % 7 === 0 ? days / 7 : null;
}

const STAGES = ['open', 'done', 'dropped'];

/** What is to be done first, then what is done. `goal`: null for what serves no goal. */
export function actionsOf(actions: readonly Action[], goal: string | null): Action[] {
  const mine = actions.filter((action) => action.goal === goal);
  const order = (one: Action) => STAGES.indexOf(one.stage);
  return mine.sort((a, b) => order(a) - order(b) || a.due_on.localeCompare(b.due_on));
}

/** How many of the things that are to be done are done. */
export function doneOf(actions: readonly Action[]): { done: number; all: number } {
  const meant = actions.filter(({ stage, state }) => stage === 'done' || (stage === 'open' && state === 'agreed'));
  return { done: meant.filter(({ stage }) => stage === 'done').length, all: meant.length };
}

/** Who can be asked to do something: whoever writes here, and a child that is without a login. */
export function owners(people: readonly Member[]): Member[] {
  return people.filter(
    ({ role, ended_at, paused_at }) => !ended_at && role !== 'on_duty' && (!paused_at || role === 'child')
  );
}

export interface Point {
  /** In which column it stands. */
  at: string;
  value: number;
}

export interface Line {
  who: string;
  name: string;
  points: Point[];
  /** Where it is hoped to end. */
  hoped?: Point;
}

export interface Figure {
  columns: string[];
  lines: Line[];
}

const dayOf = (at: string) => dayKey(new Date(at));

/** By person, in the order they first spoke: what each said last of every day. */
export function byPerson<V extends { of: Scale['of'] }>(views: readonly V[]): Map<string, V[]> {
  const found = new Map<string, V[]>();
  for (const view of views) found.set(view.of.membership, [...(found.get(view.of.membership) ?? []), view]);
  return found;
}

/** How a goal goes: before, each day on which somebody gave a number, and what is hoped for. */
export function scaleFigure(scales: readonly Scale[]): Figure {
  const days = [...new Set(scales.map(({ at }) => dayOf(at)))].sort();
  const lines = [...byPerson(scales)].map(([who, given]) => {
    const last = given.at(-1)!;
    const now = new Map(given.map((one) => [dayOf(one.at), one.now]));
    const points = [{ at: 'before', value: given[0]!.before }, ...[...now].map(([at, value]) => ({ at, value }))];
    return { who, name: last.of.name, points, hoped: { at: 'hoped', value: last.hoped } };
  });
  return { columns: ['before', ...days, 'hoped'], lines };
}

export interface Course {
  name: string;
  before: number;
  now: number;
  hoped: number;
}

/** Each person's way so far: where it began, the last number, and the hope. */
export function courses(scales: readonly Scale[]): Course[] {
  return [...byPerson(scales).values()].map((given) => {
    const { of, now, hoped } = given.at(-1)!;
    return { name: of.name, before: given[0]!.before, now, hoped };
  });
}

export const LEVELS = ['red', 'yellow', 'green'] as const;

/** What counts in half a year: the last word of each. */
export function lastWords({ ratings }: Pick<Round, 'ratings'>): Rating[] {
  return [...byPerson(ratings).values()].map((said) => said.at(-1)!);
}

export function wellbeingFigure(rounds: readonly Round[]): Figure {
  const said = rounds.flatMap((round) => lastWords(round).map((rating) => ({ ...rating, half: round.starts_on })));
  const lines = [...byPerson(said)].map(([who, given]) => ({
    who,
    name: given.at(-1)!.of.name,
    points: given.map(({ half, colour }) => ({ at: half, value: LEVELS.indexOf(colour) }))
  }));
  return { columns: rounds.map(({ starts_on }) => starts_on), lines };
}

/** How many say which colour in half a year, the worst last. */
export function colours(round: Pick<Round, 'ratings'>): { colour: Rating['colour']; count: number }[] {
  const said = lastWords(round);
  const count = (colour: Rating['colour']) => said.filter((rating) => rating.colour === colour).length;
  return [...LEVELS].reverse().map((colour) => ({ colour, count: count(colour) })).filter((one) => one.count > 0);
}

const PROFESSIONALS = new Set(['caseworker', 'professional']);

/** What family and professionals each said, side by side. */
export function sides({ views }: Evaluation): { family: Evaluation['views']; professionals: Evaluation['views'] } {
  const professional = (view: Evaluation['views'][number]) => PROFESSIONALS.has(view.of.role);
  return { family: views.filter((view) => !professional(view)), professionals: views.filter(professional) };
}

const LONGEST_WEEKS = 52;

/** A number of weeks as somebody wrote it, or null. */
export function weeksWritten(written: string): number | null {
  const weeks = /^\s*\d{1,2}\s*$/.test(written) ? Number(written) : 0;
  return weeks >= 1 && weeks <= LONGEST_WEEKS ? weeks : null;
}
