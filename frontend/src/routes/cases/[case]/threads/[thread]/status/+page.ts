import { open } from '$lib/api/load';
import { getSummaries } from '$lib/api/summaries';
import type { PageLoad } from './$types';

/** The list goes into the room, so that emptying the room empties the page's memory. */
export const load: PageLoad = async ({ params, url, parent, depends }) => {
  depends('rundtom:status');
  const list = open(getSummaries(params), url);
  list.catch(() => {});
  const { room } = await parent();
  const { summaries } = await list;
  if (!room.gone) room.summaries = summaries;
};
