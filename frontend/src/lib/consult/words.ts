import type { Area, Outcome } from '$lib/api/consultations';
import { t } from '$lib/text/text.svelte';

const AREAS: Area[] = ['wellbeing', 'behaviour', 'development', 'absence', 'home', 'other'];
const OUTCOMES: Outcome[] = ['advice_enough', 'talk_with_parents', 'other'];

export const areas = () => AREAS.map((value) => ({ value, label: t(`consult.area_${value}`) }));
export const outcomes = () => OUTCOMES.map((value) => ({ value, label: t(`consult.outcome_${value}`) }));

/** What the dialogue with the parents is begun with: in the fragment, and never a word of what was asked. */
export const nextStep = ({ area, id }: { area: Area; id: string }) => `/new#${area}=${id}`;
export function begunBy(hash: string): { purpose: string; consultation: string | null } {
  const [key, id] = hash.slice(1).split('=');
  const area = AREAS.find((one) => one === key);
  return area && id ? { purpose: t(`consult.purpose_${area}`), consultation: id } : { purpose: '', consultation: null };
}
