import { getCases } from '$lib/api/calls';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  depends('rundtom:cases');
  return open(getCases(), url);
};
