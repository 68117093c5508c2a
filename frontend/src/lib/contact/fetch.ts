import { getContacts } from '../api/contacts';
import { asProblem } from '../api/problem';
import type { Room } from '../thread/room.svelte';

const known = new WeakMap<Room, number>();

/** Calls, visits and meetings of the thread go into the room; again when something has happened there since. */
export function followContacts(room: Room): void {
  const { seq } = room.thread;
  if (room.gone || known.get(room) === seq) return;
  known.set(room, seq);
  void look(room, seq);
}

async function look(room: Room, seq: number): Promise<void> {
  try {
    const found = await getContacts(room.place);
    // An answer that was under way may be older than what has been asked for since.
    if (!room.gone && known.get(room) === seq) room.contacts = found;
  } catch (reason) {
    asProblem(reason);
    if (known.get(room) === seq) known.delete(room);
  }
}
