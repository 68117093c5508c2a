import { getCase } from '$lib/api/calls';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url, depends }) => {
  depends('rundtom:case');
  return { known: await open(getCase(params.case), url) };
};
