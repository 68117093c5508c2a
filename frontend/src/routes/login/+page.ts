import { getIssuers } from '$lib/api/calls';
import { open } from '$lib/api/load';
import { asProblem } from '$lib/api/problem';
import { speak, storedLanguage } from '$lib/text/text.svelte';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends, url }) => {
  depends('rundtom:issuers');
  await open(speak(storedLanguage()), url);
  return getIssuers().then(
    (known) => ({ known, problem: null }),
    (reason: unknown) => ({ known: null, problem: asProblem(reason).code })
  );
};
