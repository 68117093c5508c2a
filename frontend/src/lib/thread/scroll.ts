/** The page itself scrolls; the composer stands at its end and never covers a line. */

const NEAR_PX = 400;

const page = () => document.documentElement;

export function nearEnd(): boolean {
  return page().scrollHeight - window.innerHeight - window.scrollY < NEAR_PX;
}

/** So far down that the composer is whole on the screen; the footer may stay below. */
export function toEnd(): void {
  document.querySelector('.composer, .closed')?.scrollIntoView({ block: 'end' });
}

export function begin(newline: HTMLElement | undefined): void {
  if (newline) newline.scrollIntoView({ block: 'start' });
  else toEnd();
}

/** `#e12` in the address: the line that a link points at. */
export function pointedAt(): number | null {
  const found = /^#e(\d+)$/.exec(location.hash);
  return found ? Number(found[1]) : null;
}

/** Whoever follows a link stands there with the keyboard, too. */
export function toLine(seq: number): void {
  const line = document.getElementById(`e${seq}`);
  line?.setAttribute('tabindex', '-1');
  line?.scrollIntoView({ block: 'start' });
  line?.focus({ preventScroll: true });
}

/** Remembers how far from the end we are; the answer puts us back there after lines came in above. */
export function hold(): () => void {
  const fromEnd = page().scrollHeight - window.scrollY;
  return () => window.scrollTo(0, page().scrollHeight - fromEnd);
}
