/** Trimmed exactly as the server does it (Unicode White_Space), so that the preview is what will stand there, to the byte. */
const EDGES = /^\p{White_Space}+|\p{White_Space}+$/gu;

export const tidy = (text: string): string => text.replace(EDGES, '');

/** Whether there is something to see: spaces and signs without a shape are nothing, to the server either. */
export const shows = (text: string): boolean => /[^\p{C}\p{Z}\u2800]/u.test(text);
