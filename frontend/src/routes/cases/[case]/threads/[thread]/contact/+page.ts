import { getContacts } from '$lib/api/contacts';
import { open } from '$lib/api/load';
import { keepContacts } from '$lib/contact/known.svelte';
import type { PageLoad } from './$types';

/** It is kept beside the room, so that whoever has lost the thread is shown nothing of it. */
export const load: PageLoad = async ({ params, url, parent }) => {
  const asked = open(getContacts(params), url);
  asked.catch(() => {});
  const { room } = await parent();
  const contacts = await asked;
  keepContacts(room, contacts);
};
