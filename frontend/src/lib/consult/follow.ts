import { loadAgain } from '$lib/again';
import { live } from '$lib/live.svelte';

/** While the page is shown, it follows whatever the other end does. For `onMount`. */
export const follow = (what: `rundtom:${string}`) => live.followHome(() => void loadAgain(what));
