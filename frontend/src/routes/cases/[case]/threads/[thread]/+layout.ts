import { getThread } from '$lib/api/calls';
import { open } from '$lib/api/load';
import { session } from '$lib/session.svelte';
import { Room } from '$lib/thread/room.svelte';
import type { LayoutLoad } from './$types';

/** Returns the room and nothing beside it, so that emptying the room empties the page's memory. */
export const load: LayoutLoad = async ({ params, url }) => {
  const thread = open(getThread(params), url);
  thread.catch(() => {});
  await open(session.load(), url);
  return { room: new Room(await thread) };
};
