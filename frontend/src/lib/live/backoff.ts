const BASE_MS = 1_000;
const CAP_MS = 60_000;

/** Full jitter: anything between nothing and the doubled step, so that a restart is not followed by a stampede. */
export function backoff(attempt: number, random: number): number {
  return Math.round(random * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
}

export type Ending = 'login' | 'at_once' | 'wait';

/** What a close code of the live socket asks of us. */
export function afterClose(code: number): Ending {
  if (code === 4401) return 'login';
  return code === 4403 || code === 4408 ? 'at_once' : 'wait';
}
