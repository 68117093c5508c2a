import { afterClose, backoff } from './backoff';
import type { Changes } from '../api/types';

export interface Frame extends Omit<Changes, 'seq'> {
  seq: number | null;
  gone?: boolean;
  /** Something happened in one of my threads; not which, nor what. */
  home?: true;
}

export interface Socket {
  send(data: string): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

/** What the connection needs from the world; tests give it a world of their own. */
export interface World {
  open(): Socket;
  later(ms: number, act: () => void): () => void;
  random(): number;
  synced(yes: boolean): void;
  loggedOut(): void;
}

interface Following {
  after: number;
  waiting: boolean;
  hear(frame: Frame): void;
}

const PROBE_MS = 5_000;
const HOME = 'home'; // no thread is called that

/** One socket, a cursor per thread, resume after every loss. Twice heard is once told. */
export class Connection {
  private threads = new Map<string, Following>();
  private socket: Socket | null = null;
  private ready = false;
  private attempt = 0;
  private cancelRetry: (() => void) | null = null;
  private cancelProbe: (() => void) | null = null;

  constructor(private world: World) {}

  /** Hear of everything in the thread after `after`. Returns how to stop. */
  follow(thread: string, after: number, hear: (frame: Frame) => void): () => void {
    const following = { after, waiting: true, hear };
    this.threads.set(thread, following);
    if (this.ready) this.tell(thread, after);
    else this.connect();
    return () => this.leave(thread, following);
  }

  /** Hear that something happened in any of my threads. Returns how to stop. */
  followHome(hear: () => void): () => void {
    return this.follow(HOME, 0, hear);
  }

  /** The tab is shown again, or the network is back: connect now, or make sure the line is alive. */
  wake(): void {
    if (this.threads.size === 0) return;
    if (!this.ready) {
      this.attempt = 0;
      this.connect();
      return;
    }
    for (const [thread, following] of this.threads) {
      following.waiting = true;
      this.tell(thread, following.after);
    }
    this.cancelProbe?.();
    this.cancelProbe = this.world.later(PROBE_MS, () => this.drop());
  }

  private connect(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    if (this.socket) return;
    const socket = this.world.open();
    this.socket = socket;
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (event) => this.heard(socket, JSON.parse(event.data) as Frame);
    socket.onclose = (event) => this.closed(socket, event.code);
  }

  private opened(socket: Socket): void {
    if (socket !== this.socket) return;
    this.ready = true;
    for (const [thread, following] of this.threads) {
      following.waiting = true;
      this.tell(thread, following.after);
    }
  }

  private tell(thread: string, after: number | null): void {
    this.socket?.send(JSON.stringify(thread === HOME ? { home: after !== null } : { thread, after }));
  }

  private heard(socket: Socket, frame: Frame): void {
    if (socket !== this.socket) return;
    const following = this.threads.get(frame.home ? HOME : frame.thread);
    if (!following) return;
    following.waiting = false;
    if (frame.home) following.hear(frame);
    else this.pass(following, frame);
    if ([...this.threads.values()].some((other) => other.waiting)) return;
    this.attempt = 0;
    this.cancelProbe?.();
    this.cancelProbe = null;
    this.world.synced(true);
  }

  private pass(following: Following, frame: Frame): void {
    if (frame.gone || frame.seq === null) this.threads.delete(frame.thread);
    const known = following.after;
    if (frame.seq !== null) following.after = Math.max(known, frame.seq);
    following.hear({ ...frame, entries: frame.entries.filter((entry) => entry.seq > known) });
  }

  private closed(socket: Socket, code: number): void {
    if (socket !== this.socket) return;
    const wasInSync = this.attempt === 0;
    this.forget();
    const ending = afterClose(code);
    if (ending === 'login') return this.world.loggedOut();
    if (this.threads.size === 0) return;
    this.world.synced(false);
    const wait = ending === 'at_once' && wasInSync ? 0 : backoff(this.attempt, this.world.random());
    this.attempt += 1;
    this.cancelRetry = this.world.later(wait, () => this.connect());
  }

  /** A line that does not answer is no line. */
  private drop(): void {
    const dead = this.socket;
    if (!dead) return;
    this.forget();
    dead.close();
    this.world.synced(false);
    this.connect();
  }

  private forget(): void {
    this.cancelProbe?.();
    this.cancelProbe = null;
    this.socket = null;
    this.ready = false;
  }

  private leave(thread: string, following: Following): void {
    if (this.threads.get(thread) !== following) return;
    this.threads.delete(thread);
    if (this.ready) this.tell(thread, null);
    if (this.threads.size === 0) {
      this.cancelRetry?.();
      this.cancelRetry = null;
      this.world.synced(true);
    }
  }
}
