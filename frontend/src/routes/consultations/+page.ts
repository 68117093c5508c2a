import { getConsultations } from '$lib/api/consultations';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  depends('rundtom:consultations');
  return open(getConsultations(), url);
};
