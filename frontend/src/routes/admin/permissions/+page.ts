import { getPermissions } from '$lib/api/cases';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url }) => ({ table: await open(getPermissions(), url) });
