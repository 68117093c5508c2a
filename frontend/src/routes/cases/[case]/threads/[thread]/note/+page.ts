import { error } from '@sveltejs/kit';
import { getNote } from '$lib/api/calls';
import { open } from '$lib/api/load';
import type { PageLoad } from './$types';

/** The note to be corrected goes into the room, so that emptying the room empties the page's memory. */
export const load: PageLoad = async ({ params, url, parent }) => {
  const correct = url.searchParams.get('correct');
  if (!correct) return;
  const { room } = await parent();
  room.keep([room.notes[correct] ?? (await open(getNote(params, correct), url))]);
  if (!room.notes[correct]?.may_correct) error(403, { message: 'not_allowed', code: 'not_allowed' });
};
