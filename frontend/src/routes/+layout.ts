import { isHttpError } from '@sveltejs/kit';
import { open } from '$lib/api/load';
import { session } from '$lib/session.svelte';
import { speak, storedLanguage } from '$lib/text/text.svelte';
import type { LayoutLoad } from './$types';

export const ssr = false;
export const prerender = false;

/** Pages that are read before login. */
const OPEN = new Set<string | null>(['/login']);

/**
 * Never fails: a failing root layout makes SvelteKit show a page of its own, which is neither ours nor allowed by
 * our content security policy.
 */
export const load: LayoutLoad = async ({ route, url }) => {
  try {
    await open<unknown>(OPEN.has(route.id) ? speak(storedLanguage()) : session.load(), url);
  } catch (reason) {
    if (!isHttpError(reason)) throw reason;
    return { status: reason.status, code: reason.body.code };
  }
  return { status: 200, code: null };
};
