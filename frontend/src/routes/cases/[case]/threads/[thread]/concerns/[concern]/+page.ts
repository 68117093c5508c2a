import { getJoint } from '$lib/api/joint';
import { open } from '$lib/api/load';
import { keepJoint } from '$lib/joint/known.svelte';
import type { PageLoad } from './$types';

/** It is kept beside the room, so that whoever has lost the thread is shown nothing of it. */
export const load: PageLoad = async ({ params, url, parent, depends }) => {
  depends('rundtom:joint');
  const asked = open(getJoint(params, params.concern), url);
  asked.catch(() => {});
  const { room } = await parent();
  keepJoint(room, await asked);
  return { concern: params.concern };
};
