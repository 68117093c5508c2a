import { loadAgain } from '$lib/again';
import type { Room } from '$lib/thread/room.svelte';

/** The page's own answer is read again whenever the room has read its facts again. */
export function follow(room: Room, what: `rundtom:${string}`): void {
  let known = room.thread;
  $effect(() => {
    if (room.gone || room.thread === known) return;
    known = room.thread;
    void loadAgain(what);
  });
}
