import { getHomeDrafts } from '$lib/api/drafts';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ url }) => open(getHomeDrafts(), url);
