import { getMessages } from '$lib/api/calls';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

/** Asks for the newest lines at the same time as the layout asks for the thread. */
export const load: PageLoad = async ({ params, url, parent }) => {
  const page = open(getMessages(params), url);
  page.catch(() => {});
  const { room } = await parent();
  room.begin(await page);
};
