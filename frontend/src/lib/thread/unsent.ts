import type { KeptDraft, ThreadForm } from '../api/drafts';
import type { Room } from './room.svelte';

type Seen = Pick<Room, 'thread' | 'lines' | 'notes' | 'isWriting'>;

/** Drafts whose form is gone: what they were written to has been closed, settled, answered or withdrawn since. */
export function unsent(room: Seen): KeptDraft[] {
  const { closed, drafts, id, summary } = room.thread;
  const gone = ({ form, about }: KeptDraft) => {
    if (form === 'answer') {
      return Object.values(room.notes).some((note) => note.responses.some((it) => it.id === about && it.answer));
    }
    // A note is answered in a closed thread, too; and the reason for closing one has no use once it is closed.
    if (closed) return form !== 'response' && form !== 'closure';
    if (form === 'summary') return about !== id && about !== summary.waiting?.id;
    return form === 'correction' && room.lines.some((line) => line.id === about && line.withdrawn_at);
  };
  return drafts.filter((one) => gone(one) && room.isWriting(one.form as ThreadForm, one.about));
}
