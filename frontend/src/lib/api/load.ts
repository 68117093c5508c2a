import { error, redirect } from '@sveltejs/kit';
import { asProblem } from './problem';
import { loginPath } from './next';

/** For `load`: a problem becomes the error page, a lost session becomes the login page with the way back. */
export async function open<T>(call: Promise<T>, here: URL): Promise<T> {
  try {
    return await call;
  } catch (reason) {
    const problem = asProblem(reason);
    if (problem.code === 'not_logged_in') redirect(307, loginPath(here));
    return error(problem.status >= 400 ? problem.status : 503, { message: problem.code, code: problem.code });
  }
}
