import { getScreening } from '$lib/api/cases';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url, depends }) => {
  depends('rundtom:screening');
  return { id: params.case, ...(await open(getScreening(params.case), url)) };
};
