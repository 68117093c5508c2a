import { getConsultation } from '$lib/api/consultations';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url, depends }) => {
  depends('rundtom:consultation');
  return { consultation: await open(getConsultation(params.consultation), url) };
};
