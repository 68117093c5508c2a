import { getAttachment } from '../api/files';
import type { Entry } from '../api/types';
import type { Room } from '../thread/room.svelte';

/** The files that these entries speak of. One that is not there for me (yet) is spoken of again when it is. */
export async function fetchFiles(room: Room, entries: readonly Entry[]): Promise<void> {
  const ids = new Set(entries.filter(({ kind }) => kind.startsWith('attachment_')).map(({ id }) => id));
  const found = await Promise.allSettled([...ids].map((id) => getAttachment(room.place, id)));
  room.keepFiles(found.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : [])));
}
