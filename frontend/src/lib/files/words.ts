import type { Problem } from '../api/problem';
import { t } from '../text/text.svelte';

type FileKey = Extract<Parameters<typeof t>[0], `error.file_${string}`>;

/** What is wrong with a file: words that the first visit does without. */
export function fileWords(problem: Problem): string {
  return problem.code.startsWith('file_') ? t(`error.${problem.code}` as FileKey) : t(problem.textKey);
}

/** 1234567 becomes 1,2 MB, as the language writes it. */
export function sizeOf(bytes: number, language: string): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), 'kilobyte'] : [bytes / 1e6, 'megabyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}

const THUMBNAIL = 480;

/** How large a thumbnail is, so that nothing jumps when it comes. */
export function thumbnailSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
