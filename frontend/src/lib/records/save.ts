import { dayKey } from '$lib/dates';
import type { Format } from '$lib/api/records';

const UNTIL_SAVED_MS = 60_000;

/** Hands a file to the browser, as if it had been a link. The name tells nobody whom it is about. */
export function save(file: Blob, format: Format): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `rundtom-${dayKey(new Date())}.${format}`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), UNTIL_SAVED_MS);
}
