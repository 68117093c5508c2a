import { getInvitation } from '$lib/api/invitations';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url }) => ({
  invitation: await open(getInvitation(params, params.invitation), url)
});
