import { getConcern } from '$lib/api/concerns';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, url, depends }) => {
  depends('rundtom:concern');
  return { concern: await open(getConcern(params.concern), url) };
};
