import { getAccess } from '$lib/api/cases';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url }) => ({ access: await open(getAccess(params.case), url) });
