import { getContext, setContext } from 'svelte';
import type { BallPage } from '../api/ball';
import * as api from '../api/calls';
import type { KeptDraft, ThreadForm } from '../api/drafts';
import type { Plan } from '../api/plans';
import { asProblem } from '../api/problem';
import type { Stages } from '../api/stages';
import type { Summary } from '../api/summaries';
import type { Act, Attachment, Entry, Note, Page, Place, Thread } from '../api/types';
import type { Shelf } from '../keptform';
import { live } from '../live.svelte';
import type { Frame } from '../live/connection';
import { drafts, session } from '../session.svelte';
import { emptied } from './emptied';
import * as outbox from './outbox';
import { shelfOf } from './shelf';
import { changesThread, isSaid, laterNote, merge, notesToRead } from './timeline';

/** One open thread: its facts, its lines and what is on its way out. Emptied at once when it is no longer ours. */
export class Room {
  thread: Thread = $state.raw() as Thread;
  lines: readonly Entry[] = $state.raw([]);
  notes: Readonly<Record<string, Note>> = $state.raw({});
  files: Readonly<Record<string, Attachment>> = $state.raw({});
  // What stands on pages of their own, as far as these have fetched it.
  summaries: readonly Summary[] = $state.raw([]);
  plan: Plan | null = $state.raw(null);
  ball: BallPage | null = $state.raw(null);
  stages: Stages | null = $state.raw(null);
  box: outbox.Outbox = $state.raw([]);
  earlier = $state(false);
  gone = $state(false);
  /** The newest entry somebody else made while we look; said aloud once. */
  arrived: Entry | null = $state.raw(null);
  readonly place: Place;
  readonly newAfter: number | null;
  private cursor: number;
  private marked: number;
  private refreshing: Promise<void> | null = null;
  private stale = false;
  private owed = new Set<string>();

  constructor(thread: Thread) {
    this.thread = thread;
    this.place = { case: thread.case, thread: thread.id };
    this.cursor = thread.seq;
    this.marked = thread.read_seq;
    this.newAfter = thread.read_seq > 0 ? thread.read_seq : null;
    this.box = outbox.recovered(drafts.read<outbox.Outbox>(session.person, this.key('outbox')) ?? []);
  }

  may(act: Act): boolean {
    return this.thread.may.includes(act);
  }

  /** Where a draft of this thread is kept. */
  key(what: string): string {
    return `${this.place.thread}/${what}`;
  }

  /** Where on the server a form of this thread keeps its draft. `about`: what in the thread it is about. */
  shelf(form: ThreadForm, about: string = this.place.thread): Shelf {
    return shelfOf(this, form, about);
  }

  /** What I am writing here, as it is on the server now. */
  keepsDrafts(drafts: readonly KeptDraft[]): void {
    if (this.gone) return;
    this.thread = { ...this.thread, drafts: [...drafts] };
    if (this.refreshing) this.stale = true; // an answer under way is older than this
  }

  /** Something of this id is in the thread, or on its way there: it is no draft. */
  isOut(id: string): boolean {
    return id in this.notes || this.box.some((item) => item.id === id) || this.lines.some((line) => line.id === id);
  }

  /** Gives up a draft that no form opens any more. */
  async forget(form: ThreadForm, about: string, id: string): Promise<void> {
    await this.shelf(form, about).drop(id);
  }

  /** Whether I have begun to write something there. */
  isWriting(form: ThreadForm, about: string): boolean {
    return this.shelf(form, about).known() !== undefined;
  }

  /** Takes a page of lines in; also the newest page when the timeline is shown. */
  begin(page: Page): void {
    const first = this.lines[0]?.seq ?? Infinity;
    if ((page.entries[0]?.seq ?? 0) < first) this.earlier = page.earlier;
    this.cursor = Math.min(this.cursor, page.seq);
    this.take(page.entries);
    this.keep(page.notes);
    this.keepFiles(page.attachments);
  }

  async older(): Promise<void> {
    this.begin(await api.getMessages(this.place, this.lines[0]?.seq));
  }

  /** Whether there is an entry of this number to point at. */
  pointsAt(seq: number): boolean {
    const first = this.lines[0]?.seq ?? 0;
    return seq > 0 && seq < first ? this.earlier : this.lines.some((line) => line.seq === seq);
  }

  /** Fetches older lines until this one is among them. */
  async reach(seq: number): Promise<void> {
    while (this.earlier && (this.lines[0]?.seq ?? 0) > seq) await this.older();
  }

  start(): () => void {
    return live.follow(this.place.thread, this.cursor, (frame) => this.hear(frame));
  }

  /** People, invitations, closure and rights as they are now. */
  refresh(): Promise<void> {
    this.stale = true;
    this.refreshing ??= this.fetchFacts().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  /** `words_of`: a child's place, when what it said is written down. */
  send(id: string, text: string, circle: number, words_of?: string): Promise<void> {
    this.post(outbox.add(this.box, id, text, circle, words_of));
    return this.deliver(id);
  }

  retry(id: string): Promise<void> {
    this.post(outbox.retry(this.box, id, this.thread.circle));
    return this.deliver(id);
  }

  discard(id: string): void {
    this.forget('message', this.place.thread, id).catch(asProblem);
    this.post(outbox.drop(this.box, new Set([id])));
  }

  async correct(message: string, text: string): Promise<void> {
    this.take([await api.correctMessage(this.place, message, text)]);
  }

  async withdraw(message: string): Promise<void> {
    this.take([await api.withdrawMessage(this.place, message)]);
  }

  keep(notes: readonly Note[]): void {
    if (notes.length === 0 || this.gone) return;
    this.notes = { ...this.notes, ...Object.fromEntries(notes.map((it) => [it.id, laterNote(this.notes[it.id], it)])) };
  }

  keepFiles(files: readonly Attachment[]): void {
    if (files.length === 0 || this.gone) return;
    this.files = { ...this.files, ...Object.fromEntries(files.map((it) => [it.id, it])) };
  }

  /** My own mark, nobody else's to see. Losing one is harmless: the next one says more. */
  markRead(): void {
    const newest = this.lines.at(-1)?.seq ?? 0;
    if (this.gone || newest <= this.marked) return;
    this.marked = newest;
    api.putReadMark(this.place, newest).catch(() => (this.marked = 0));
  }

  private hear(frame: Frame): void {
    if (frame.gone) return this.empty();
    this.take(frame.entries);
    const others = frame.entries.filter((entry) => entry.author?.membership !== this.thread.me.membership);
    this.arrived = others.findLast(isSaid) ?? this.arrived;
    if (frame.entries.some((e) => e.kind.startsWith('attachment_')))
      void import('../files/fetch').then((it) => it.fetchFiles(this, frame.entries), asProblem);
    for (const id of notesToRead(this.lines, this.notes, frame.entries)) this.owed.add(id);
    for (const id of this.owed) void this.fetchNote(id);
    if (changesThread(frame.entries)) void this.refresh();
  }

  /** Once more when something happened meanwhile: an answer under way may be older than what was just heard. */
  private async fetchFacts(): Promise<void> {
    while (this.stale && !this.gone) {
      this.stale = false;
      try {
        const thread = await api.getThread(this.place);
        if (!this.gone) this.thread = thread;
      } catch (reason) {
        if (asProblem(reason).code === 'not_found') this.empty();
      }
    }
  }

  private async deliver(id: string): Promise<void> {
    const item = this.box.find((one) => one.id === id);
    if (!item) return;
    try {
      const { text, circle, words_of } = item;
      this.take([await api.postMessage(this.place, { id, text, circle }, words_of)]);
    } catch (reason) {
      const problem = asProblem(reason);
      this.post(outbox.fail(this.box, id, problem));
      if (problem.code === 'not_logged_in') live.onLoggedOut();
      else if (!problem.passing) await this.refresh();
    }
  }

  private take(entries: readonly Entry[]): void {
    if (this.gone || entries.length === 0) return;
    this.lines = merge(this.lines, entries);
    this.post(outbox.drop(this.box, new Set(entries.map((entry) => entry.id))));
  }

  private post(box: outbox.Outbox): void {
    if (this.gone || box === this.box) return;
    this.box = box;
    if (box.length > 0) drafts.write(session.person, this.key('outbox'), box);
    else drafts.clear(session.person, this.key('outbox'));
  }

  /** One that did not come is owed: it is asked for again with the next frame; whoever comes back gets one at once. */
  private async fetchNote(id: string): Promise<void> {
    this.owed.delete(id);
    await api.getNote(this.place, id).then((note) => this.keep([note]), () => this.owed.add(id));
  }

  private empty(): void {
    this.gone = true;
    this.lines = [];
    this.notes = {};
    this.files = {};
    this.summaries = [];
    this.plan = null;
    this.ball = null;
    this.stages = null;
    this.box = [];
    this.arrived = null;
    this.thread = emptied(this.thread);
    drafts.clearUnder(session.person, this.place.thread);
  }
}

const KEY = Symbol('room');

export function provideRoom(room: () => Room): void {
  setContext(KEY, room);
}

export function useRoom(): Room {
  return getContext<() => Room>(KEY)();
}
