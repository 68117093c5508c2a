import type { Advice, CaseLine, NotificationTask, ThreadLine } from '../api/types';
import { threadPath } from '../path';

type AdviceTask = 'advice_answer' | 'advice_answer_late' | 'advice_answered' | 'advice_late';

type ConcernTask = `concern_${NotificationTask['what']}` | `concern_${'assess' | 'receipt' | 'settle'}_late`;

export interface Task {
  key: string;
  kind: AdviceTask | ConcernTask | 'answer' | 'answer_late' | 'agree' | 'call' | 'call_late' | 'confirm' | 'do' | 'do_late' | 'receive' | 'receive_late' | 'renew' | 'settle';
  name: string;
  capacity: string;
  purpose: string;
  /** The last day: of the answer, of what is to be done, or of a place that ends soon. */
  on: string;
  /** What is to be done, in the plan's words. */
  words: string;
  /** How many things of the plan wait for a yes. */
  count: number;
  href: string;
}

const MOST_TASKS = 3;
const PRESSING: Task['kind'][] = [
  ...(['concern_assess_late', 'concern_assess', 'concern_receipt_late', 'concern_settle_late'] as const),
  ...(['answer_late', 'advice_answer_late', 'call_late', 'receive_late', 'do_late', 'receive'] as const),
  ...(['advice_answer', 'advice_late', 'answer', 'call'] as const),
  ...(['concern_receipt', 'concern_settle', 'concern_unreceipted'] as const),
  ...(['agree', 'confirm', 'settle', 'do', 'advice_answered', 'renew'] as const)
];

/** What waits for me, the most pressing first; the rest come when these are settled. `besides`: what else home asks. */
export function tasks(
  cases: readonly CaseLine[],
  besides = 0,
  advice: readonly Advice[] = [],
  concerns: readonly NotificationTask[] = []
): Task[] {
  return [...cases.flatMap(tasksOf), ...advice.map(adviceTask), ...concerns.map(concernTask)]
    .sort((a, b) => PRESSING.indexOf(a.kind) - PRESSING.indexOf(b.kind) || a.on.localeCompare(b.on))
    .slice(0, MOST_TASKS - besides);
}

/** Of no case: where it is asked without a name, no conversation is named either. */
function adviceTask({ id, what, name, due_on, late }: Advice): Task {
  const kind: AdviceTask = what === 'answer' && late ? 'advice_answer_late' : `advice_${what}`;
  return { key: id, kind, name, capacity: '', purpose: '', on: due_on, words: '', count: 1, href: `/consultations/${id}` };
}

/** No child is named where anybody may look over one's shoulder. The hour counts where danger is looked at. */
function concernTask({ id, what, due_at, due_on, late }: NotificationTask): Task {
  const kind: ConcernTask = what === 'unreceipted' || !late ? `concern_${what}` : `concern_${what}_late`;
  const on = what === 'assess' ? due_at : due_on;
  return { key: id, kind, name: '', capacity: '', purpose: '', on, words: '', count: 1, href: `/concerns/${id}` };
}

function tasksOf(line: CaseLine): Task[] {
  const at = (asked: { thread: string; name?: string; capacity?: string }, kind: Task['kind'], path: string, on = '') => {
    const href = threadPath({ case: line.id, thread: asked.thread }) + path;
    const purpose = line.threads.find((thread) => thread.id === asked.thread)?.purpose ?? '';
    return { key: `${kind} ${href} ${on}`, kind, name: asked.name ?? '', capacity: asked.capacity ?? '', purpose, on, href, words: '', count: 1 };
  };
  return [
    ...line.to_answer.map((one) => ({
      ...at(one, one.late ? 'answer_late' : 'answer', `#e${one.seq}`, one.due_on),
      key: one.response
    })),
    ...line.to_call.map((one) => ({
      ...at(one, one.late ? 'call_late' : 'call', '/contact', one.due_on),
      key: one.callback
    })),
    ...line.to_receive.map((one) => at(one, one.late ? 'receive_late' : 'receive', `/concerns/${one.concern}`, one.due_on)),
    ...line.to_agree.map((one) => at(one, 'agree', `/invitations/${one.invitation}`)),
    ...line.to_confirm.map((one) => at(one, 'confirm', '/status')),
    ...line.to_renew.map((one) => at(one, 'renew', `/invitations/${one.invitation}/prolong`, one.ends_on)),
    ...line.to_do.map((one) => ({
      ...at(one, one.late ? 'do_late' : 'do', `/plan#p-${one.item}`, one.due_on),
      key: one.item,
      words: one.words
    })),
    ...proposed(line.to_settle).map(({ first, count }) => ({ ...at(first, 'settle', `/plan#p-${first.item}`), count }))
  ];
}

/** What one person has proposed for one plan is looked at together. */
function proposed(all: CaseLine['to_settle']): { first: CaseLine['to_settle'][number]; count: number }[] {
  const firsts = all.filter((one, i) => all.findIndex((other) => together(one, other)) === i);
  return firsts.map((first) => ({ first, count: all.filter((one) => together(one, first)).length }));
}

const together = (one: CaseLine['to_settle'][number], other: CaseLine['to_settle'][number]) =>
  one.thread === other.thread && one.name === other.name;

/** How much a case asks of me: 0 something that is late, 4 nothing. */
export function pressing(line: CaseLine): number {
  if ([...line.to_answer, ...line.to_call, ...line.to_receive, ...line.to_do].some((one) => one.late)) return 0;
  if (line.to_answer.length + line.to_call.length + line.to_receive.length > 0 || line.threads.some((thread) => thread.mentioned)) return 1;
  if ([line.to_agree, line.to_confirm, line.to_settle, line.to_do, line.to_renew].some((asked) => asked.length > 0)) return 2;
  return line.threads.some((thread) => thread.unread) ? 3 : 4;
}

/** What waits for me comes first; among equals, the most recently touched (as they come). */
export const byWhatWaits = (cases: readonly CaseLine[]) => [...cases].sort((a, b) => pressing(a) - pressing(b));

/** Where a note is begun in one tap: with the family if it can be, else where something was said last. */
export function whereToNote(line: CaseLine): ThreadLine | undefined {
  const open = line.threads.filter((thread) => thread.writes_notes && !thread.closed);
  return (
    open.find((thread) => thread.kind === 'family') ??
    open.reduce<ThreadLine | undefined>((last, one) => (last && last.last_at >= one.last_at ? last : one), undefined)
  );
}

export interface News {
  thread: ThreadLine;
  child: string;
  href: string;
}

export function newThreads(cases: readonly CaseLine[]): News[] {
  return cases
    .flatMap((line) =>
      line.threads
        .filter((thread) => thread.unread)
        .map((thread) => ({
          thread,
          child: line.child_name,
          href: threadPath({ case: line.id, thread: thread.id })
        }))
    )
    .sort((a, b) => b.thread.last_at.localeCompare(a.thread.last_at));
}

/** Every word of the search must be found in the child's name, a purpose or the unit. */
export function matching(cases: readonly CaseLine[], query: string): readonly CaseLine[] {
  const words = query.toLocaleLowerCase('da').split(/\s+/).filter(Boolean);
  if (words.length === 0) return cases;
  return cases.filter((line) => {
    const text = [line.child_name, line.unit ?? '', ...line.threads.map((thread) => thread.purpose)].join(' ');
    const lower = text.toLocaleLowerCase('da');
    return words.every((word) => lower.includes(word));
  });
}
