import { getCase } from '$lib/api/calls';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url }) => ({ known: await open(getCase(params.case), url) });
