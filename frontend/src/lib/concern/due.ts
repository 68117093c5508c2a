import { t } from '$lib/text/text.svelte';
import { clock, onDay } from '$lib/when';

interface Waiting {
  next: 'assess' | 'receipt' | 'settle' | null;
  due_at: string | null;
  due_on: string | null;
}

/** Until when: hours count where danger is looked at; everything else ends with its day. */
export function until({ next, due_at, due_on }: Waiting): string {
  if (next === 'assess') return `${onDay(due_at ?? '')} ${t('day.at', { time: clock(due_at ?? '') })}`;
  return onDay(`${due_on ?? ''}T12:00`);
}
