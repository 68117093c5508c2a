import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../api/types';
import { afterClose, backoff } from './backoff';
import { Connection, type Frame, type Socket } from './connection';

class FakeSocket implements Socket {
  sent: ({ thread: string; after: number | null } | { home: boolean })[] = [];
  closed = false;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  send(data: string) {
    this.sent.push(JSON.parse(data));
  }
  close() {
    this.closed = true;
  }
  open() {
    this.onopen?.(undefined as never);
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  end(code: number) {
    this.onclose?.({ code });
  }
}

const entry = (seq: number) => ({ seq, kind: 'message_posted' }) as Entry;

describe('the connection', () => {
  let sockets: FakeSocket[];
  let timers: { ms: number; act: () => void; live: boolean }[];
  let synced: boolean[];
  let loggedOut: number;
  let heard: Frame[];
  let connection: Connection;
  const hear = (frame: Frame) => heard.push(frame);
  const last = () => sockets[sockets.length - 1];
  const pending = () => timers.filter((timer) => timer.live);
  const fire = () => {
    const timer = pending()[0];
    timer.live = false;
    timer.act();
  };

  beforeEach(() => {
    sockets = [];
    timers = [];
    synced = [];
    heard = [];
    loggedOut = 0;
    connection = new Connection({
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
      later: (ms, act) => {
        const timer = { ms, act, live: true };
        timers.push(timer);
        return () => (timer.live = false);
      },
      random: () => 0.5,
      synced: (yes) => synced.push(yes),
      loggedOut: () => (loggedOut += 1)
    });
  });

  it('opens one socket for several threads and tells each cursor', () => {
    connection.follow('a', 3, hear);
    connection.follow('b', 7, hear);
    expect(sockets).toHaveLength(1);
    last().open();
    expect(last().sent).toEqual([
      { thread: 'a', after: 3 },
      { thread: 'b', after: 7 }
    ]);
  });

  it('drops what it has heard before', () => {
    connection.follow('a', 3, hear);
    last().open();
    last().say({ thread: 'a', entries: [entry(4), entry(5)], seq: 5 });
    last().say({ thread: 'a', entries: [entry(5), entry(6)], seq: 6 });
    expect(heard.map((frame) => frame.entries.map((e) => e.seq))).toEqual([[4, 5], [6]]);
  });

  it('resumes by cursor after a loss, with full jitter that grows', () => {
    connection.follow('a', 3, hear);
    last().open();
    last().say({ thread: 'a', entries: [entry(4)], seq: 4 });
    last().end(1012);
    expect(pending().map((timer) => timer.ms)).toEqual([500]);
    fire();
    last().end(1006);
    expect(pending().map((timer) => timer.ms)).toEqual([1000]);
    fire();
    last().open();
    expect(last().sent).toEqual([{ thread: 'a', after: 4 }]);
    expect(synced).toEqual([true, false, false]);
  });

  it('comes back at once when it was too slow, but not in a tight loop', () => {
    connection.follow('a', 0, hear);
    last().open();
    last().say({ thread: 'a', entries: [], seq: 0 });
    last().end(4408);
    expect(pending()[0].ms).toBe(0);
    fire();
    last().end(4408);
    expect(pending()[0].ms).toBeGreaterThan(0);
  });

  it('forgets a thread that is gone and keeps the others', () => {
    connection.follow('a', 0, hear);
    connection.follow('b', 0, hear);
    last().open();
    last().say({ thread: 'a', entries: [], seq: null, gone: true });
    expect(heard[0].gone).toBe(true);
    last().end(4403);
    fire();
    last().open();
    expect(last().sent).toEqual([{ thread: 'b', after: 0 }]);
  });

  it('does not come back when nothing is followed', () => {
    connection.follow('a', 0, hear);
    last().open();
    last().say({ thread: 'a', entries: [], seq: null, gone: true });
    last().end(4403);
    expect(pending()).toHaveLength(0);
  });

  it('hands over to login when the session has ended', () => {
    connection.follow('a', 0, hear);
    last().open();
    last().end(4401);
    expect(loggedOut).toBe(1);
    expect(pending()).toHaveLength(0);
  });

  it('catches up when the tab is shown, and replaces a line that does not answer', () => {
    connection.follow('a', 2, hear);
    const first = last();
    first.open();
    first.say({ thread: 'a', entries: [], seq: 2 });
    connection.wake();
    expect(first.sent).toHaveLength(2);
    fire();
    expect(first.closed).toBe(true);
    expect(sockets).toHaveLength(2);
    first.end(1006);
    expect(sockets).toHaveLength(2);
  });

  it('connects at once when woken while waiting', () => {
    connection.follow('a', 2, hear);
    last().end(1006);
    connection.wake();
    expect(sockets).toHaveLength(2);
    expect(pending()).toHaveLength(0);
  });

  it('stops hearing a thread that was left', () => {
    const leave = connection.follow('a', 2, hear);
    last().open();
    leave();
    expect(last().sent.at(-1)).toEqual({ thread: 'a', after: null });
    last().say({ thread: 'a', entries: [entry(3)], seq: 3 });
    expect(heard).toHaveLength(0);
  });
});

describe('home', () => {
  it('says that it is shown, hears every ring, and says when it is left', () => {
    const socket = new FakeSocket();
    const world = { open: () => socket, later: () => () => {}, random: () => 0, synced: () => {}, loggedOut: () => {} };
    let rings = 0;
    const leave = new Connection(world).followHome(() => (rings += 1));
    socket.open();
    socket.say({ home: true });
    socket.say({ home: true });
    expect(rings).toBe(2);
    leave();
    expect(socket.sent).toEqual([{ home: true }, { home: false }]);
  });
});

describe('backing off', () => {
  it('is anything up to the doubled step, capped at a minute', () => {
    expect(backoff(0, 1)).toBe(1_000);
    expect(backoff(3, 1)).toBe(8_000);
    expect(backoff(30, 1)).toBe(60_000);
    expect(backoff(30, 0)).toBe(0);
  });

  it('knows what a close code asks', () => {
    expect([4401, 4403, 4408, 1012, 1006, 4400].map(afterClose)).toEqual([
      'login',
      'at_once',
      'at_once',
      'wait',
      'wait',
      'wait'
    ]);
  });
});
