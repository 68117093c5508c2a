import { getWaitingChanges } from '$lib/api/custody';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  depends('rundtom:custody');
  return { waiting: (await open(getWaitingChanges(), url)).changes };
};
