import type { Role } from '../api/types';
import { t } from '../text/text.svelte';

/** Who somebody is in a notification that is written together: whoever has the duty, the municipality, or the family. */
export type Side = 'caseworker' | 'family' | 'notifier';

export const sideOf = (role: Role): Side =>
  role === 'professional' ? 'notifier' : role === 'caseworker' ? 'caseworker' : 'family';

/** What the child says is asked of everybody but the child, who says it by writing. */
export const tellsOfChild = (role: Role): boolean => role !== 'child' && role !== 'young_person';

export const who = (author: { name: string; capacity: string }) => t('joint.who', author);
