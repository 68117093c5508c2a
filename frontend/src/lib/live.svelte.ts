import { Connection, type Frame, type Socket } from './live/connection';

const BANNER_AFTER_MS = 4_000;

/** The one socket of this page load, and whether the person should be told that it is down. */
class Live {
  offline = $state(false);
  onLoggedOut: () => void = () => {};
  private cancelBanner: (() => void) | null = null;
  private connection = new Connection({
    open: () => new WebSocket(address()) as unknown as Socket,
    later,
    random: Math.random,
    synced: (yes) => this.synced(yes),
    loggedOut: () => this.onLoggedOut()
  });

  follow(thread: string, after: number, hear: (frame: Frame) => void): () => void {
    return this.connection.follow(thread, after, hear);
  }

  followHome(hear: () => void): () => void {
    return this.connection.followHome(hear);
  }

  /** Connect again, or make sure that the line is alive. */
  wake(): void {
    this.connection.wake();
  }

  /** Listens to the tab and the network; call once. */
  start(awake: () => void): () => void {
    const wake = () => {
      if (document.visibilityState !== 'visible') return;
      this.wake();
      awake();
    };
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    window.addEventListener('pageshow', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
      window.removeEventListener('pageshow', wake);
    };
  }

  private synced(yes: boolean): void {
    if (yes) {
      this.cancelBanner?.();
      this.cancelBanner = null;
      this.offline = false;
    } else this.cancelBanner ??= later(BANNER_AFTER_MS, () => (this.offline = true));
  }
}

function later(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

function address(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`;
}

export const live = new Live();
