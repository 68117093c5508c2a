import { parseDate } from '../dateparse';
import { addDays, dayKey } from '../dates';
import type { Information, NewInvitation } from '../api/types';

/** One question per page, in this order; `check` shows all the answers before anything is sent. */
export const STEPS = ['who', 'capacity', 'purpose', 'kinds', 'until', 'history', 'check'] as const;
export type Step = (typeof STEPS)[number];

/** Kinds of information that a consent is about, everyday things first. */
export const KINDS: readonly Information[] = ['everyday', 'school', 'wellbeing', 'family', 'health', 'plans'];
export const ROLES = [
  'professional',
  'relative',
  'parent',
  'foster_parent',
  'support_person',
  'interpreter',
  'volunteer'
] as const;

export interface Draft {
  id: string;
  name: string;
  email: string;
  role: (typeof ROLES)[number] | null;
  capacity: string;
  purpose: string;
  kinds: Information[];
  /** As written; `parseDate` reads it. */
  ends_on: string;
  history: 'yes' | 'no' | null;
}

export function emptyDraft(id: string): Draft {
  return { id, name: '', email: '', role: null, capacity: '', purpose: '', kinds: [], ends_on: '', history: null };
}

export type Fault =
  | 'name_missing'
  | 'email_missing'
  | 'email_wrong'
  | 'role_missing'
  | 'capacity_missing'
  | 'purpose_missing'
  | 'kinds_missing'
  | 'until_missing'
  | 'until_wrong'
  | 'until_outside'
  | 'history_missing';

export interface Span {
  min: string;
  max: string;
}

/** Tomorrow to one year from today, as the server has it. */
export function span(now = new Date()): Span {
  return { min: dayKey(addDays(now, 1)), max: dayKey(addDays(now, 365)) };
}

const FAULTS: Record<Step, (draft: Draft, allowed: Span) => (Fault | false)[]> = {
  who: (draft) => [
    !draft.name.trim() && 'name_missing',
    !draft.email.trim() && 'email_missing',
    !!draft.email.trim() && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(draft.email.trim()) && 'email_wrong'
  ],
  capacity: (draft) => [!draft.role && 'role_missing', !draft.capacity.trim() && 'capacity_missing'],
  purpose: (draft) => [!draft.purpose.trim() && 'purpose_missing'],
  kinds: (draft) => [draft.kinds.length === 0 && 'kinds_missing'],
  until: (draft, allowed) => {
    const day = parseDate(draft.ends_on);
    if (!draft.ends_on.trim()) return ['until_missing'];
    if (!day) return ['until_wrong'];
    return [(day < allowed.min || day > allowed.max) && 'until_outside'];
  },
  history: (draft) => [!draft.history && 'history_missing'],
  check: () => []
};

export function faults(step: Step, draft: Draft, allowed = span()): ReadonlySet<Fault> {
  return new Set(FAULTS[step](draft, allowed).filter((fault) => fault !== false));
}

/** The first step that is not answered; nobody gets past it by writing an address. */
export function reachable(wanted: string | null, draft: Draft, allowed = span()): Step {
  const open = STEPS.find((step) => faults(step, draft, allowed).size > 0) ?? 'check';
  const asked = STEPS.find((step) => step === wanted) ?? 'who';
  return STEPS.indexOf(asked) <= STEPS.indexOf(open) ? asked : open;
}

export function toSend(draft: Draft): NewInvitation {
  return {
    id: draft.id,
    name: draft.name.trim(),
    email: draft.email.trim(),
    role: draft.role ?? 'professional',
    capacity: draft.capacity.trim(),
    purpose: draft.purpose.trim(),
    kinds: KINDS.filter((kind) => draft.kinds.includes(kind)),
    ends_on: parseDate(draft.ends_on) ?? '',
    history: draft.history === 'yes'
  };
}
