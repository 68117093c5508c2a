/** The guest's secret: read from the address once, kept over login in this tab only, then taken out of sight. */
const KEPT = 'rundtom.invitation';

export function takeToken(hash: string, store: Storage): string | null {
  const fresh = hash.replace(/^#/, '');
  if (fresh) store.setItem(KEPT, fresh);
  return fresh || store.getItem(KEPT);
}

export function dropToken(store: Storage): void {
  store.removeItem(KEPT);
}
