import { open } from '$lib/api/load';
import { getSessions } from '$lib/api/sessions';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  depends('rundtom:sessions');
  return open(getSessions(), url);
};
