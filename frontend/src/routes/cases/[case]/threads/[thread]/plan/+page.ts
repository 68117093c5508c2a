import { open } from '$lib/api/load';
import { getPlan, getProgress } from '$lib/api/plans';
import { newest } from '$lib/plan/figures';
import type { PageLoad } from './$types';

/** The plan goes into the room, so that emptying the room empties the page's memory. */
export const load: PageLoad = async ({ params, url, parent, depends }) => {
  depends('rundtom:plan');
  const asked = open(Promise.all([getPlan(params), getProgress(params)]), url);
  asked.catch(() => {});
  const { room } = await parent();
  const [planned, progress] = await asked;
  const plan = { ...planned, ...progress };
  // An answer that was under way may be older than what stands here already.
  if (!room.gone && (!room.plan || newest(plan) >= newest(room.plan))) room.plan = plan;
};
