import { dayKey } from '../dates';
import type { Author, Entry, Note } from '../api/types';

/** What happens in the plan: a line here, and shown on its own page. */
export const OF_PLAN = /^(action|evaluation|goal|scale|wellbeing)_/;

/** Who has the ball, and who takes it. */
export const OF_BALL = /^(ball|deputy|hand_over)_/;

/** What stands as a line; the other kinds only tell the page to refresh something that stands there already. */
const LINES =
  /^(action|ball|callback|child|custody|deputy|evaluation|goal|hand_over|joint_concern|member|note|scale|stage|summary|thread|wellbeing)_|^(attachment_added|contact_logged|invitation_proposed|message_posted)$/;

/** Who did it. A guest who is not in yet has no membership to be named by. */
export function authorOf(entry: Entry): Author {
  return entry.author ?? { membership: '', name: '–', capacity: '', role: 'relative' };
}

/** Who speaks: the child whose words were written down, else the author. */
export function speakerOf(entry: Entry): Author {
  return entry.words_of ?? authorOf(entry);
}

const SPEAKING = new Set<Entry['kind']>(['message_posted', 'note_published']);

/** Adds entries in order. A seq already there is dropped; a correction or withdrawal changes the line it is about. */
export function merge(lines: readonly Entry[], entries: readonly Entry[]): Entry[] {
  const bySeq = new Map(lines.map((line) => [line.seq, line]));
  for (const entry of entries) {
    if (LINES.test(entry.kind)) bySeq.set(entry.seq, newer(bySeq.get(entry.seq), entry));
    else if (entry.kind === 'message_corrected' || entry.kind === 'message_withdrawn') refresh(bySeq, entry);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The same line read twice: the one that has been withdrawn or corrected last is the later reading. */
function newer(known: Entry | undefined, read: Entry): Entry {
  if (!known) return read;
  if (known.withdrawn_at) return known;
  return (known.corrected_at ?? '') > (read.corrected_at ?? '') ? known : read;
}

function refresh(bySeq: Map<number, Entry>, entry: Entry): void {
  const line = bySeq.get(entry.about);
  if (!line || entry.text === undefined) return;
  const { text, corrected_at, withdrawn_at, earlier_texts } = entry;
  bySeq.set(line.seq, { ...line, text, corrected_at, withdrawn_at, earlier_texts });
}

/** What somebody who does not see the screen is told of at once. */
export const isSaid = ({ kind }: Entry) => /^(attachment_added|message_posted|note_)/.test(kind);

/** Kinds after which the thread's own facts (people, invitations, closure, what is next) must be read again. */
export function changesThread(entries: readonly Entry[]): boolean {
  return entries.some((entry) => !/^(attachment|evaluation|message|note|scale|wellbeing)_/.test(entry.kind));
}

/**
 * Which notes of the page must be read again after these entries: those they are about, but for one that I published
 * myself; and when people come or go, those that wait for an answer, which may be somebody else's to give now.
 */
export function notesToRead(
  lines: readonly Entry[],
  notes: Readonly<Record<string, Note>>,
  entries: readonly Entry[]
): Set<string> {
  const found = new Set<string>();
  for (const { kind, id, about } of entries) {
    if (kind.startsWith('member_')) for (const note of Object.values(notes)) if (waits(note)) found.add(note.id);
    if (!kind.startsWith('note_') || (kind === 'note_published' && notes[id])) continue;
    const note = lines.find((line) => line.seq === about);
    if (note) found.add(note.id);
  }
  return found;
}

const waits = (note: Note) => note.responses.some(({ due_on, answer }) => due_on && !answer);

/** A note read twice: nothing in it is ever taken back, so the one with more in it is the later reading. */
export function laterNote(known: Note | undefined, read: Note): Note {
  return known && weight(known) > weight(read) ? known : read;
}

function weight({ version, responses }: Note): number {
  return version + responses.reduce((sum, { answer }) => sum + (answer ? 2 : 1), 0);
}

export type Row =
  | { type: 'day'; key: string; at: string }
  | { type: 'new'; key: string }
  | { type: 'entry'; key: string; entry: Entry; follows: boolean };

const FOLLOWS_WITHIN_MS = 5 * 60_000;

/** Days, the line "new since last", and entries that follow closely on the same author's previous one. */
export function rows(lines: readonly Entry[], newAfter: number | null, me: string): Row[] {
  const out: Row[] = [];
  let day = '';
  let previous: Entry | null = null;
  let marked = newAfter === null;
  for (const entry of lines) {
    const today = dayKey(new Date(entry.at));
    const dayChanged = today !== day;
    if (dayChanged) out.push({ type: 'day', key: `day-${today}`, at: entry.at });
    const isNew = !marked && entry.seq > (newAfter ?? 0) && entry.author?.membership !== me;
    if (isNew) {
      out.push({ type: 'new', key: 'new' });
      marked = true;
    }
    out.push({
      type: 'entry',
      key: `${entry.seq}`,
      entry,
      follows: !dayChanged && !isNew && follows(previous, entry)
    });
    day = today;
    previous = entry;
  }
  return out;
}

function follows(previous: Entry | null, entry: Entry): boolean {
  return (
    previous?.kind === 'message_posted' &&
    SPEAKING.has(entry.kind) &&
    authorOf(previous).membership === authorOf(entry).membership &&
    speakerOf(previous).membership === speakerOf(entry).membership &&
    Date.parse(entry.at) - Date.parse(previous.at) < FOLLOWS_WITHIN_MS
  );
}
