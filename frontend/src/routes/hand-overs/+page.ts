import { getHandOversToMe } from '$lib/api/ball';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  depends('rundtom:hand-overs');
  return { waiting: (await open(getHandOversToMe(), url)).hand_overs };
};
