import { invalidate } from '$app/navigation';
import { navigating } from '$app/state';

/**
 * What the page loaded under this name is loaded again; a way to another page that has begun is let to its end first.
 * SvelteKit forgets a navigation in the middle of which something is invalidated, and the click would be lost.
 */
export async function loadAgain(what: `rundtom:${string}`): Promise<void> {
  let before: Promise<void> | null = null;
  while (navigating.complete && navigating.complete !== before) {
    before = navigating.complete;
    await before.catch(() => {}); // given up, for another way
  }
  await invalidate(what);
}
