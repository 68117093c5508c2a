import type da from '../text/da.json';
import { knows } from '../text/text.svelte';

type ErrorKey = Extract<keyof typeof da, `error.${string}`>;

/** What went wrong, by the stable code of the server; `offline` when no answer came at all. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status = 0,
    readonly fields: readonly { field: string; code: string }[] = []
  ) {
    super(code);
    this.name = 'Problem';
  }

  get textKey(): ErrorKey {
    return errorKey(this.code);
  }

  /** The same request may succeed later, unchanged. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export function errorKey(code: string): ErrorKey {
  const key = `error.${code}`;
  return knows(key) ? (key as ErrorKey) : 'error.internal';
}

interface ProblemBody {
  code?: unknown;
  fields?: { field: string; code: string }[];
}

/** Reads problem+json; anything else (a proxy's page, say) becomes the code its status stands for. */
export function problemFrom(status: number, body: unknown): Problem {
  const read = (typeof body === 'object' && body !== null ? body : {}) as ProblemBody;
  const code = typeof read.code === 'string' ? read.code : codeOf(status);
  return new Problem(code, status, Array.isArray(read.fields) ? read.fields : []);
}

const CODES: Record<number, string> = {
  401: 'not_logged_in',
  403: 'not_allowed',
  404: 'not_found',
  410: 'invitation_unusable',
  413: 'too_large',
  422: 'invalid',
  429: 'too_many',
  502: 'unreachable',
  503: 'database_down',
  504: 'unreachable'
};

function codeOf(status: number): string {
  return CODES[status] ?? 'internal';
}

export function asProblem(reason: unknown): Problem {
  return reason instanceof Problem ? reason : new Problem('offline');
}
