/** What somebody wrote in a form, whichever form made the text: its boxes in their order, without what was only chosen. */
export function wordsOf(text: string): string {
  const fields: unknown = JSON.parse(text);
  if (typeof fields === 'string') return fields;
  const boxes = fields as Partial<Record<string, unknown>>;
  return WRITTEN.map((box) => boxes[box])
    .filter((words) => typeof words === 'string' && words.trim() !== '')
    .join('\n\n');
}

const WRITTEN = ['text', 'words', 'besides', 'name', 'capacity', 'purpose', 'resources', 'challenges', 'proposals', 'child_view', 'involved', 'measure', 'worked', 'change'];
