/** The length meter of a note: short is kind to the reader. */
export const COMFORTABLE = 600;
export const LIMIT = 4_000;

export type Measure = 'empty' | 'fine' | 'long' | 'too_long';

export function measure(text: string): Measure {
  const length = text.trim().length;
  if (length === 0) return 'empty';
  if (length > LIMIT) return 'too_long';
  return length > COMFORTABLE ? 'long' : 'fine';
}
