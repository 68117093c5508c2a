import type { ConcernHead } from '$lib/api/concerns';
import { t } from '$lib/text/text.svelte';

/** What a notification goes by in a list: its child, when there is a name; what was taken out has none. */
export function calledIn({ became, child_name }: ConcernHead): string {
  return became === 'elsewhere' ? t('concern.taken_out_head') : child_name || t('concern.no_name');
}
