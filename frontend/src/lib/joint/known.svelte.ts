import { loadAgain } from '../again';
import type { Joint, JointList } from '../api/joint';
import type { Room } from '../thread/room.svelte';

/** What the pages of a notification that is written together have fetched. */
class Known {
  list: JointList | null = $state.raw(null);
  one: Joint | null = $state.raw(null);
}

// Beside the room, not in it: most who open a thread never look here, and the first visit is short of bytes.
const rooms = new WeakMap<Room, Known>();

function knownIn(room: Room): Known {
  const known = rooms.get(room) ?? new Known();
  rooms.set(room, known);
  return known;
}

/** Nothing of a thread that is no longer ours. */
export const jointList = (room: Room): JointList | null => (room.gone ? null : knownIn(room).list);
export const joint = (room: Room): Joint | null => (room.gone ? null : knownIn(room).one);

export function keepList(room: Room, found: JointList): void {
  knownIn(room).list = room.gone ? null : found;
}

/** An answer that was under way may be older than what stands here already. */
export function keepJoint(room: Room, found: Joint): void {
  const known = knownIn(room);
  if (known.one?.id === found.id && newest(known.one) > newest(found)) return;
  known.one = room.gone ? null : found;
}

/** The last entry of the thread that it holds. */
export const newest = ({ seq, parts, steps }: Joint): number =>
  Math.max(seq, ...parts.map((part) => part.seq), ...steps.map((step) => step.seq));

/** What somebody else writes is seen here without a reload. */
export const heardOf = (room: Room): number =>
  room.lines.findLast(({ kind }) => kind.startsWith('joint_concern_'))?.seq ?? 0;

export const showJoint = () => loadAgain('rundtom:joint');
