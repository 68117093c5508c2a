import { parseDate } from '../dateparse';
import { addDays, dayKey } from '../dates';
import type { Span } from './draft';

/** One question per page; `check` shows the whole consent before anybody says yes or no. */
export const STEPS = ['who', 'kinds', 'until', 'check'] as const;
export type Step = (typeof STEPS)[number];

export interface Answers {
  /** Until the day that was proposed, or an earlier one. */
  length: 'proposed' | 'shorter' | null;
  /** As written; `parseDate` reads it. */
  until: string;
}

export type DayFault = 'until_missing' | 'until_wrong' | 'until_outside';
export type Fault = DayFault | 'length_missing';

export const noAnswers = (): Answers => ({ length: null, until: '' });

/** From tomorrow to the day that was proposed: a giver may shorten, never lengthen. */
export const shorter = (proposed: string, now = new Date()): Span => ({ min: dayKey(addDays(now, 1)), max: proposed });

/** From the day after the last one, to a year from today. */
export function longer(last: string, now = new Date()): Span {
  return { min: dayKey(addDays(new Date(`${last}T12:00`), 1)), max: dayKey(addDays(now, 365)) };
}

/** A quarter or half a year more, though never further than allowed. */
export function later(last: string, days: number, allowed: Span): string {
  const day = dayKey(addDays(new Date(`${last}T12:00`), days));
  return day < allowed.max ? day : allowed.max;
}

export function dayFault(written: string, allowed: Span): DayFault | null {
  const day = parseDate(written);
  if (!written.trim()) return 'until_missing';
  if (!day) return 'until_wrong';
  return day < allowed.min || day > allowed.max ? 'until_outside' : null;
}

export function faultOf(answers: Answers, allowed: Span): Fault | null {
  if (!answers.length) return 'length_missing';
  return answers.length === 'shorter' ? dayFault(answers.until, allowed) : null;
}

/** Nobody gets to the consent past an open question by writing an address. */
export function reachable(wanted: string | null, answers: Answers, allowed: Span): Step {
  const asked = STEPS.find((step) => step === wanted) ?? 'who';
  return asked === 'check' && faultOf(answers, allowed) ? 'until' : asked;
}

/** The giver's own last day; null: as proposed. */
export function untilOf(answers: Answers): string | null {
  return answers.length === 'shorter' ? parseDate(answers.until) : null;
}
