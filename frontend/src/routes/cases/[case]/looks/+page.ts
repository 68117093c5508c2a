import { getLooks } from '$lib/api/looks';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url }) => ({
  id: params.case,
  looks: await open(getLooks(params.case, url.searchParams.get('before')), url)
});
