import { getFacts } from '$lib/api/cases';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url, depends }) => {
  depends('rundtom:facts');
  return { id: params.case, facts: await open(getFacts(params.case), url) };
};
