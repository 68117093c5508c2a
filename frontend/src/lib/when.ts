import { brief, dayName, fullDate, time } from './dates';
import { currentLanguage, t } from './text/text.svelte';

const words = () => ({ today: t('day.today'), yesterday: t('day.yesterday') });

export const clock = (iso: string) => time(iso, currentLanguage());
export const date = (iso: string) => fullDate(iso, currentLanguage());
export const day = (iso: string) => dayName(iso, currentLanguage(), words());
/** Inside a sentence: `i dag`, not `I dag`. */
export const onDay = (iso: string) =>
  dayName(iso, currentLanguage(), { today: t('day.today').toLowerCase(), yesterday: t('day.yesterday').toLowerCase() });
export const whenBrief = (iso: string) => brief(iso, currentLanguage(), words());
