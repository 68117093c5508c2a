import { getContacts } from '$lib/api/contacts';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

/** It goes into the room, so that emptying the room empties the page's memory. */
export const load: PageLoad = async ({ params, url, parent }) => {
  const asked = open(getContacts(params), url);
  asked.catch(() => {});
  const { room } = await parent();
  const contacts = await asked;
  if (!room.gone) room.contacts = contacts;
};
