import { getCase } from '$lib/api/calls';
import { getCustodyChanges } from '$lib/api/custody';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url, depends }) => {
  depends('rundtom:custody');
  const [known, { changes }] = await Promise.all([
    open(getCase(params.case), url),
    open(getCustodyChanges(params.case), url)
  ]);
  return { known, changes };
};
