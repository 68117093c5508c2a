/** The way back after login. Only a path on this site, never an address. */
export function loginPath(here: { pathname: string; search: string }): string {
  const back = here.pathname + here.search;
  return back === '/' ? '/login' : `/login?next=${encodeURIComponent(back)}`;
}

export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/';
}
