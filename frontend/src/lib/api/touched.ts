/** Whether somebody sits here: what the page fetches by itself must not keep a session alive that was left alone. */

const RECENTLY_MS = 60_000;
const SIGNS = ['pointerdown', 'keydown', 'input', 'click', 'wheel', 'touchmove'] as const;

let last = Date.now();

if (typeof document !== 'undefined') {
  for (const sign of SIGNS) addEventListener(sign, () => (last = Date.now()), { capture: true, passive: true });
}

export const somebodyIsHere = () => Date.now() - last < RECENTLY_MS;
