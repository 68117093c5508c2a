import { getConcerns } from '$lib/api/concerns';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  depends('rundtom:concerns');
  return open(getConcerns(), url);
};
