import createClient from 'openapi-fetch';
import { asProblem, Problem, problemFrom } from './problem';
import type { paths } from './schema';
import { somebodyIsHere } from './touched';

const PATIENCE_MS = 20_000;
/** A copy is made on paper first, and may be many pages. */
const PATIENCE_FOR_COPIES_MS = 90_000;

export const client = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: patient
});

client.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', typeof document === 'undefined' ? 'da' : document.documentElement.lang);
    if (!somebodyIsHere()) request.headers.set('X-Background', '1');
    return request;
  }
});

/** A bus in a tunnel must end in "not sent", never in waiting for ever. */
async function patient(request: Request): Promise<Response> {
  try {
    const patience = new URL(request.url).pathname.endsWith('/export') ? PATIENCE_FOR_COPIES_MS : PATIENCE_MS;
    return await fetch(request, { signal: AbortSignal.timeout(patience) });
  } catch {
    throw new Problem('offline');
  }
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The one way to call the server: the answer, or a Problem thrown. */
export async function ask<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (reason) {
    throw asProblem(reason);
  }
  if (answer.response.ok) return answer.data as T;
  const problem = problemFrom(answer.response.status, answer.error);
  if (problem.code === 'step_up_needed') return stepUp();
  throw problem;
}

/** Some things are done only by somebody who has just logged in: off to the provider, and back to this page. */
function stepUp(): Promise<never> {
  location.assign(`/auth/login?${new URLSearchParams({ step_up: '1', next: location.pathname + location.search })}`);
  return new Promise(() => {});
}
