import { getAuditLooks, getReconciliations } from '$lib/api/looks';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url }) => {
  const asked = (name: string) => url.searchParams.get(name) ?? undefined;
  const sample = asked('sample') === '1';
  const query = sample ? { sample } : { case: asked('case'), day: asked('day'), before: asked('before') };
  const [log, book] = await open(Promise.all([getAuditLooks(query), getReconciliations()]), url);
  return { query, sample, looks: log.looks, days: book.days };
};
