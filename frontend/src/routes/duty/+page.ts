import { getDutyAccesses } from '$lib/api/looks';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  depends('rundtom:duty');
  return { accesses: (await open(getDutyAccesses(), url)).accesses };
};
