import { getCaseload } from '$lib/api/caseload';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  depends('rundtom:caseload');
  return open(getCaseload(), url);
};
