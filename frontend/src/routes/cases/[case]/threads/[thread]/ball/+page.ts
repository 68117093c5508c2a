import { getBall } from '$lib/api/ball';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

/** It goes into the room, so that emptying the room empties the page's memory. */
export const load: PageLoad = async ({ params, url, parent, depends }) => {
  depends('rundtom:ball');
  const asked = open(getBall(params), url);
  asked.catch(() => {});
  const { room } = await parent();
  const ball = await asked;
  if (!room.gone) room.ball = ball;
};
