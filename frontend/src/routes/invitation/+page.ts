import { openInvitation } from '$lib/api/invitations';
import { open } from '$lib/api/load';
import { asProblem } from '$lib/api/problem';
import { takeToken } from '$lib/invite/token';
import { session } from '$lib/session.svelte';
import type { PageLoad } from './$types';

export const load: PageLoad = async () => {
  const token = takeToken(location.hash, sessionStorage);
  const here = new URL('/invitation', location.origin);
  await open(session.load(), here);
  if (!token) return { token: '', opening: null, problem: 'invitation_unusable' };
  return openInvitation(token).then(
    (opening) => ({ token, opening, problem: null }),
    (reason: unknown) => ({ token, opening: null, problem: asProblem(reason).code })
  );
};
