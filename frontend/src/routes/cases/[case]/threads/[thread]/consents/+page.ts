import { getConsents } from '$lib/api/invitations';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url, depends }) => {
  depends('rundtom:consents');
  return open(getConsents(params), url);
};
