import type { NewConcern } from '../api/concerns';

export interface Form {
  id: string;
  employment: string;
  danger: 'no' | 'yes' | null;
  child_name: string;
  child_details: string;
  relation: string;
  area: NewConcern['area'] | null;
  words: string;
  child_words: string;
  parents_told: NewConcern['parents_told'] | null;
  parents_words: string;
}
export type Fault = 'danger' | 'child_name' | 'area' | 'words' | 'parents_told' | 'parents_words';

export const empty = (id: string, employment: string): Form => ({
  id,
  employment,
  danger: null,
  child_name: '',
  child_details: '',
  relation: '',
  area: null,
  words: '',
  child_words: '',
  parents_told: null,
  parents_words: ''
});

/** What is still missing, in the order in which it is asked. Why the parents do not know is said. */
export function faultsOf(form: Form): Set<Fault> {
  const found = new Set<Fault>();
  if (form.danger === null) found.add('danger');
  if (!form.child_name.trim()) found.add('child_name');
  if (!form.area) found.add('area');
  if (!form.words.trim()) found.add('words');
  if (!form.parents_told) found.add('parents_told');
  else if (form.parents_told === 'no' && !form.parents_words.trim()) found.add('parents_words');
  return found;
}

/** Only of a form without faults. Nothing leaves the page when it is about danger. */
export function bodyOf(form: Form): NewConcern | null {
  const { area, parents_told, danger, ...said } = form;
  if (danger !== 'no' || !area || !parents_told) return null;
  const trimmed = Object.fromEntries(Object.entries(said).map(([key, words]) => [key, words.trim()])) as typeof said;
  return { ...trimmed, area, parents_told, danger: false };
}
