import type { Area, Outcome } from '$lib/api/consultations';
import { t } from '$lib/text/text.svelte';

const AREAS: Area[] = ['wellbeing', 'behaviour', 'development', 'absence', 'home', 'other'];
const OUTCOMES: Outcome[] = ['advice_enough', 'talk_with_parents', 'other'];

export const areas = () => AREAS.map((value) => ({ value, label: t(`consult.area_${value}`) }));
export const outcomes = () => OUTCOMES.map((value) => ({ value, label: t(`consult.outcome_${value}`) }));

/** What the dialogue with the parents is begun with: by the address alone, never a word of what was asked. */
export const nextStep = (area: Area) => `/new#${area}`;
export function purposeFrom(hash: string): string {
  const area = AREAS.find((one) => `#${one}` === hash);
  return area ? t(`consult.purpose_${area}`) : '';
}
