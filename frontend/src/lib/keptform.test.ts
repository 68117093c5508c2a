import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from './api/problem';
import type { Drafts } from './drafts';
import { KeptForm, type State } from './keptform';
import { Server, tab, type Note } from './keptform.testing';

let told: State<Note>[] = [];
const says = (state: State<Note>) => void told.push(state);

/** The form is opened in this tab; `another` says that it is on another device. */
function opens(store: Drafts, server: Server, another?: string): KeptForm<Note> {
  const shelf = server.shelf(another);
  const form = store.form('me', 'note', () => new KeptForm<Note>(store, 'me', 'note', shelf));
  form.open(shelf, says);
  return form;
}
/** The tab is loaded anew: what is in its store is all there is. */
function reloads(store: Drafts): void {
  vi.clearAllTimers();
  (store as unknown as { forms: Map<string, unknown> }).forms.clear();
}
const note = (text: string, id = 'a'): Note => ({ id, text });
const aMoment = () => vi.advanceTimersByTimeAsync(10_000);

describe('a draft', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
  });
  afterEach(() => vi.useRealTimers());

  it('is on another device after a moment, and a new form elsewhere is empty', async () => {
    const server = new Server();
    opens(tab(), server).write(note('Emil sover'));
    await aMoment();
    expect(opens(tab(), server, 'desk').value?.text).toBe('Emil sover');
    expect(opens(tab(), new Server()).value).toBe(null);
  });

  it('says when it was saved, and when it could not be', async () => {
    const server = new Server();
    const form = opens(tab(), server);
    form.write(note('a'));
    await aMoment();
    expect(told.at(-1)).toMatchObject({ saved_at: '2026-11-26T10:00:00Z', failed: false });
    server.down = new Problem('database_down', 503);
    form.write(note('ab'));
    await aMoment();
    expect(told.at(-1)).toMatchObject({ saved_at: null, failed: true });
  });

  it('survives a server that is away, in the tab, and is saved when it is back', async () => {
    const [server, store] = [new Server(), tab()];
    server.down = new Problem('database_down', 503);
    opens(store, server).write(note('Emil sover'));
    await aMoment();
    expect(server.draft).toBe(null);
    reloads(store);
    expect(opens(store, server).value?.text).toBe('Emil sover');
    server.down = null;
    await aMoment();
    expect(server.text).toBe('Emil sover');
  });

  it('waits in the tab for the next login when the session has ended', async () => {
    const [server, store] = [new Server(), tab()];
    server.down = new Problem('not_logged_in', 401);
    opens(store, server).write(note('Emil'));
    await aMoment();
    server.down = null;
    await aMoment();
    expect(server.draft).toBe(null);
    reloads(store);
    expect(opens(store, server).value?.text).toBe('Emil');
    await aMoment();
    expect(server.text).toBe('Emil');
  });

  it('loses nothing of what is typed while it is being saved', async () => {
    const server = new Server();
    server.slow = 3000;
    const form = opens(tab(), server);
    form.write(note('E'));
    await vi.advanceTimersByTimeAsync(2000);
    form.write(note('Emil'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.text).toBe('Emil');
  });

  it('is no draft any more when it was sent, here and on every other screen', async () => {
    const [server, store, desk] = [new Server(), tab(), tab()];
    const form = opens(store, server);
    form.write(note('Emil'));
    await aMoment();
    opens(desk, server, 'desk');
    server.stores('a');
    form.out('a');
    expect(form.value).toBe(null);
    for (const there of [store, desk]) {
      reloads(there);
      expect(opens(there, server).value).toBe(null);
    }
    form.write(note('Næste', 'b'));
    await aMoment();
    expect(server.text).toBe('Næste');
  });

  it('that was sent with its answer lost is not saved again', async () => {
    const [server, store] = [new Server(), tab()];
    const form = opens(store, server);
    form.write(note('Emil'));
    await vi.advanceTimersByTimeAsync(100);
    server.stores('a');
    await aMoment();
    expect([server.draft, form.value]).toEqual([null, null]);
    expect(told.some((state) => state.sent)).toBe(true);
  });

  it('is given up when it is erased, and the next one is saved, also when that was not heard at once', async () => {
    const [server, store] = [new Server(), tab()];
    const form = opens(store, server);
    form.write(note('Emil'));
    await aMoment();
    server.down = new Problem('offline');
    form.discard();
    await aMoment();
    form.write(note('Næste', 'b'));
    server.down = null;
    await aMoment();
    expect([server.text, server.drops]).toEqual(['Næste', 1]);
  });

  it('shows both texts when two screens have written, and keeps the one that is chosen', async () => {
    for (const use of ['other', 'mine'] as const) {
      const server = new Server();
      const [phone, desk] = [opens(tab(), server, 'phone'), opens(tab(), server, 'desk')];
      phone.write(note('fra bilen'));
      await aMoment();
      desk.write(note('fra kontoret', 'b'));
      await aMoment();
      expect(told.at(-1)?.elsewhere?.text).toBe('fra bilen');
      desk.write(note('fra kontoret, mere', 'b'));
      await aMoment();
      expect(server.text).toBe('fra bilen');
      const chosen = use === 'other' ? 'fra bilen' : 'fra kontoret, mere';
      expect(desk.settle(use)?.text).toBe(chosen);
      await aMoment();
      expect(server.text).toBe(chosen);
    }
  });

  it('does not take its own text for that of another screen when an answer is lost', async () => {
    const [server, store] = [new Server(), tab()];
    const form = opens(store, server, 'before the reload');
    server.losesAnswers = true;
    form.write(note('Emil'));
    await vi.advanceTimersByTimeAsync(2000);
    server.losesAnswers = false;
    reloads(store);
    const again = opens(store, server, 'after the reload');
    again.write(note('Emil sover'));
    await aMoment();
    expect(server.text).toBe('Emil sover');
    expect(told.every((state) => state.elsewhere === null)).toBe(true);
  });

  it('goes on from what another screen has saved when this tab has nothing of its own', async () => {
    const [server, store] = [new Server(), tab()];
    opens(store, server).write(note('gammel'));
    await aMoment();
    opens(tab(), server, 'desk').write(note('ny'));
    await aMoment();
    reloads(store);
    expect(opens(store, server).value?.text).toBe('ny');
  });

  it('has one keeper: a form that is opened again goes on with what the first has not saved', async () => {
    const [server, store] = [new Server(), tab()];
    server.down = new Problem('offline');
    const first = opens(store, server);
    first.write(note('A'));
    await aMoment();
    void store.close('me', 'note', first, says);
    const second = opens(store, server);
    second.write(note('A B'));
    server.down = null;
    await aMoment();
    expect(second).toBe(first);
    expect(server.text).toBe('A B');
    expect(told.every((state) => state.elsewhere === null)).toBe(true);
  });

  it('is saved before leaving, and says whether it was', async () => {
    const [server, store] = [new Server(), tab()];
    opens(store, server).write(note('Emil'));
    expect(await store.save()).toBe(true);
    expect(server.text).toBe('Emil');
    server.down = new Problem('too_many', 429);
    opens(store, server).write(note('Emil sover'));
    expect(await store.save()).toBe(false);
  });

  it('of a place that is gone is nowhere', async () => {
    const [server, store] = [new Server(), tab()];
    server.slow = 3000;
    opens(store, server).write(note('Emil'));
    await vi.advanceTimersByTimeAsync(2000);
    store.clearUnder('me', 'note');
    await aMoment();
    expect(store.read('me', 'note')).toBe(null);
  });
});
