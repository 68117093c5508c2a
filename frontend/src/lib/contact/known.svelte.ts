import { getContacts, type Contacts } from '../api/contacts';
import { asProblem } from '../api/problem';
import type { Room } from '../thread/room.svelte';

/** Calls, visits and meetings of a thread, as far as something on the screen has asked for them. */
class Known {
  contacts: Contacts | null = $state.raw(null);
  /** How far the thread had come when they were asked for last. */
  seq = -1;
}

// Beside the room, not in it: most who open a thread never look here, and the first visit is short of bytes.
const rooms = new WeakMap<Room, Known>();

function knownIn(room: Room): Known {
  const known = rooms.get(room) ?? new Known();
  rooms.set(room, known);
  return known;
}

/** Nothing of a thread that is no longer ours. */
export const contactsOf = (room: Room): Contacts | null => (room.gone ? null : knownIn(room).contacts);

export function keepContacts(room: Room, found: Contacts): void {
  knownIn(room).contacts = room.gone ? null : found;
}

/** Asks for them, and again when something has happened in the thread since. */
export function followContacts(room: Room): void {
  const known = knownIn(room);
  const { seq } = room.thread;
  if (room.gone || known.seq === seq) return;
  known.seq = seq;
  // An answer that was under way may be older than what has been asked for since.
  const isNewest = () => known.seq === seq;
  getContacts(room.place).then(
    (found) => isNewest() && keepContacts(room, found),
    (reason) => {
      asProblem(reason);
      if (isNewest()) known.seq = -1;
    }
  );
}
