import type { CaseHeld, Caseload, Heading, Waits } from '../api/caseload';
import { threadPath } from '../path';
import { t } from '../text/text.svelte';

/** Which of them are shown: all, or those that one number counts. */
export type Shown = Heading | 'all';

/** What each number opens is what it counts: the server's own list of headings on each case. */
export const under = (cases: readonly CaseHeld[], shown: Shown) =>
  shown === 'all' ? cases : cases.filter((one) => one.under.includes(shown));

export const choices = ({ counts, cases, silence_days }: Caseload): { value: Shown; label: string }[] => [
  { value: 'all', label: t('caseload.all', { count: cases.length }) },
  ...counts.map(({ heading, cases: count }) => ({
    value: heading,
    label: t(`caseload.${heading}`, { count, days: silence_days })
  }))
];

/** From the address: `#late`. What is no heading is all of them. */
export const shownIn = (hash: string, { counts }: Caseload): Shown =>
  counts.find(({ heading }) => `#${heading}` === hash)?.heading ?? 'all';

export const words = (one: Waits) =>
  t(`caseload.waits_${one.what}`, { name: one.name ?? '', words: one.words ?? '' });

const WHERE: Record<Waits['what'], (one: Waits) => string> = {
  action: ({ item }) => `/plan#p-${item}`,
  answer: ({ seq }) => `#e${seq}`,
  callback: () => '/contact',
  consent: ({ item }) => `/invitations/${item}`,
  hand_over: () => '/ball',
  plan: ({ item }) => `/plan#p-${item}`,
  receipt: ({ item }) => `/concerns/${item}`,
  signature: () => '/stages',
  stage: () => '/stages',
  status: () => '/status'
};

/** Where it is done, or looked at. */
export const where = (line: CaseHeld, one: Waits) =>
  threadPath({ case: line.id, thread: one.thread }) + WHERE[one.what](one);

/** Beside what stands at the top of a case: its next step. */
export const beside = (waits: readonly Waits[]) => waits.filter((one) => one.what !== 'stage');
