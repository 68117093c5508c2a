import { getAttachments } from '$lib/api/files';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

/** The list goes into the room, so that emptying the room empties the page's memory. */
export const load: PageLoad = async ({ params, url, parent }) => {
  const list = open(getAttachments(params), url);
  list.catch(() => {});
  const { room } = await parent();
  room.keepFiles((await list).attachments);
};
