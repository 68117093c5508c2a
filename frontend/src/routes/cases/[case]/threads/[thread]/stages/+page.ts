import { open } from '$lib/api/load';
import { getStages } from '$lib/api/stages';
import type { PageLoad } from './$types';

/** The steps go into the room, so that emptying the room empties the page's memory. */
export const load: PageLoad = async ({ params, url, parent, depends }) => {
  depends('rundtom:stages');
  const asked = open(getStages(params), url);
  asked.catch(() => {});
  const { room } = await parent();
  const stages = await asked;
  // An answer that was under way may be older than what stands here already.
  if (!room.gone && (!room.stages || stages.steps.length >= room.stages.steps.length)) room.stages = stages;
};
