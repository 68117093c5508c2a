import { getGuidance, type Guidance } from '../api/guidance';

let known: Promise<Guidance> | null = null;

/** The same for everybody and all day: asked for once, and again when it did not come. */
export function guidance(): Promise<Guidance> {
  known ??= getGuidance().catch((reason: unknown) => {
    known = null;
    throw reason;
  });
  return known;
}
