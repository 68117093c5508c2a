import { getThread } from '../api/calls';
import { dropDraft, keepDraft, type KeptDraft, type ThreadForm } from '../api/drafts';
import type { Shelf } from '../keptform';
import { session } from '../session.svelte';
import type { Room } from './room.svelte';

/** The drafts of one form of a thread: what the room knows of them is kept true. */
export function shelfOf(room: Room, form: ThreadForm, about: string): Shelf {
  const is = (one: KeptDraft) => one.form === form && one.about === about;
  const others = () => room.thread.drafts.filter((one) => !is(one));
  // What becomes nothing of its own has the id of what it is about, and that is there of course.
  const sent = (id: string) => id !== about && room.isOut(id);
  const known = () => room.thread.drafts.find((one) => is(one) && !sent(one.id));
  return {
    known,
    sent,
    put: async (draft) => {
      const kept = await keepDraft(room.place, form, about, { ...draft, person: session.person });
      const now = { form, about, id: draft.id, text: draft.text, ...kept };
      room.keepsDrafts([...others(), now]);
      return now;
    },
    out: (id) => room.keepsDrafts(room.thread.drafts.filter((one) => !is(one) || one.id !== id)),
    drop: async (id) => {
      room.keepsDrafts(others());
      await dropDraft(room.place, form, about, id);
    },
    look: async () => {
      room.keepsDrafts((await getThread(room.place)).drafts);
      return known();
    }
  };
}
