import type { KeptDraft } from './api/drafts';
import { asProblem } from './api/problem';
import type { Drafts } from './drafts';
import { newId } from './uuid';

/** A form's fields. `id`: what they become when they are sent, or what they are about. */
export interface Fields {
  id: string;
}

/** Where on the server a form's draft is kept, and what is known of it here. */
export interface Shelf {
  known(): KeptDraft | undefined;
  /** Whether something of this id is there, or on its way: then it is no draft. */
  sent(id: string): boolean;
  put(draft: { id: string; text: string; version: number; writer: string }): Promise<KeptDraft>;
  drop(id: string): Promise<unknown>;
  /** What was known under this id has been sent. */
  out(id: string): void;
  /** Asks the server. */
  look(): Promise<KeptDraft | undefined>;
}

/** What this tab has: the fields, the version on the server that they go on from, and whether they are there, too. */
interface Here<T> {
  value: T;
  version: number;
  saved: boolean;
  /** What was put last: an answer may be lost, what was put is not somebody else's. */
  put?: string;
}

export interface State<T> {
  saved_at: string | null;
  /** It could not be saved; it is in this tab. */
  failed: boolean;
  /** What was written in the same form on another screen meanwhile. */
  elsewhere: T | null;
  /** It has been sent, from here or elsewhere: the form is empty. */
  sent: boolean;
}

const SAVE_AFTER_MS = 1200;
const AGAIN_AFTER_MS = 5000;
/** This page load: it may always go on from what it kept itself. */
const WRITER = newId();

/** One form's fields: kept in this tab at once, and on the server as one types. One of these a form, however often the
 * form is opened: an older one must not save over a newer. */
export class KeptForm<T extends Fields> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy: Promise<void> | null = null;
  private other: KeptDraft | null = null;
  private given_up: string | null = null;
  private here: Here<T> | null;
  private saved_at: string | null = null;
  private failed = false;
  private over = false;
  private tell: ((state: State<T>) => void) | null = null;

  constructor(
    private store: Drafts,
    private person: string,
    private key: string,
    private shelf: Shelf
  ) {
    this.here = store.read<Here<T>>(person, key);
  }

  /** What the form begins with. */
  get value(): T | null {
    return this.here?.value ?? null;
  }

  /** The form is on the screen. Its room may have been fetched anew since. */
  open(shelf: Shelf, tell: (state: State<T>) => void): void {
    this.shelf = shelf;
    this.tell = tell;
    const known = shelf.known();
    if (this.here && shelf.sent(this.here.value.id)) this.forget();
    // What was saved is what the server has: it may have been sent or changed on another screen.
    if (this.here?.saved && known?.version !== this.here.version) this.forget();
    if (!this.here && known) this.take(known);
    else if (this.here && !this.here.saved) this.later(0);
    this.say();
  }

  /** This form has gone from the screen (another one of the same may have come); what is not saved yet still is to be. */
  async close(tell: unknown): Promise<void> {
    if (this.tell === tell) this.tell = null;
    await this.flush();
  }

  /** Nobody has it open, and everything is where it should be. */
  get idle(): boolean {
    return !this.tell && !this.given_up && !this.busy && (!this.here || this.here.saved);
  }

  /** The place is gone: nothing of it is kept here. */
  end(): void {
    this.forget();
    this.tell = null;
    this.over = true;
  }

  write(value: T): void {
    this.here = { value, version: this.here?.version ?? 0, put: this.here?.put, saved: false };
    this.keep();
    if (!this.other) this.later(SAVE_AFTER_MS);
  }

  /** It is on its way, or has been sent: the server forgets the draft in the same breath as it stores what was sent. */
  out(id: string): void {
    this.shelf.out(id);
    if (this.here?.value.id === id) this.forget();
    this.say();
  }

  /** Nothing is to be sent: erased, or given up. */
  discard(): void {
    const was = this.here;
    this.forget();
    if (was?.put) {
      this.given_up = was.value.id;
      this.later(0);
    }
    this.say();
  }

  /** On from what was written on the other screen, or from what stands here: either way the other one is known now. */
  settle(use: 'other' | 'mine'): T | null {
    const other = this.other;
    this.other = null;
    if (other && use === 'other') this.take(other);
    else if (other && this.here) {
      this.here = { ...this.here, version: other.version, saved: false };
      this.later(0);
    }
    this.say();
    return this.value;
  }

  /** Save now what is not saved. Whether everything is where it should be. */
  flush = async (): Promise<boolean> => {
    clearTimeout(this.timer);
    this.timer = undefined;
    // One thing at a time reaches the server: the next goes on from what the one before made.
    while (this.busy) await this.busy;
    if (this.over) return true;
    if (this.given_up) await this.alone(this.drop(this.given_up));
    else if (this.here && !this.here.saved && !this.other) await this.alone(this.save(this.here));
    return !this.given_up && (!this.here || this.here.saved);
  };

  private alone(what: Promise<void>): Promise<void> {
    this.busy = what.finally(() => (this.busy = null));
    return this.busy;
  }

  private async drop(id: string): Promise<void> {
    try {
      await this.shelf.drop(id);
      this.given_up = null;
      if (this.here && !this.here.saved) this.later(0);
    } catch (reason) {
      if (asProblem(reason).passing) this.later(AGAIN_AFTER_MS);
      else this.given_up = null;
    }
  }

  private async save(what: Here<T>): Promise<void> {
    const text = JSON.stringify(what.value);
    const before = what.put;
    what.put = text;
    this.keep();
    try {
      const { version, saved_at } = await this.shelf.put({ id: what.value.id, text, version: what.version, writer: WRITER });
      this.saved_at = saved_at;
      this.failed = false;
      if (this.here === what) this.here = { ...what, version, saved: true };
      // Somebody has typed on meanwhile.
      else if (this.here) this.here = { ...this.here, version, put: text };
      this.keep();
      if (this.here && !this.here.saved) this.later(SAVE_AFTER_MS);
    } catch (reason) {
      await this.refused(asProblem(reason), [text, before]);
    }
    this.say();
  }

  private async refused(problem: ReturnType<typeof asProblem>, mine: (string | undefined)[]): Promise<void> {
    if (problem.code === 'draft_sent') {
      this.forget();
      this.tell?.({ saved_at: null, failed: false, elsewhere: null, sent: true });
      return;
    }
    this.failed = true;
    if (problem.passing) return this.later(AGAIN_AFTER_MS);
    if (problem.code !== 'draft_elsewhere' || !this.here) return;
    try {
      const found = await this.shelf.look();
      if (found && !mine.includes(found.text)) this.other = found;
      else {
        this.here = { ...this.here, version: found?.version ?? 0 };
        this.later(SAVE_AFTER_MS);
      }
    } catch {
      this.later(AGAIN_AFTER_MS);
    }
  }

  private take(known: KeptDraft): void {
    this.here = { value: JSON.parse(known.text) as T, version: known.version, saved: true, put: known.text };
    this.saved_at = known.saved_at;
    this.failed = false;
    this.keep();
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.here = null;
    this.other = null;
    this.saved_at = null;
    this.failed = false;
    this.keep();
  }

  private keep(): void {
    if (this.over) return;
    if (this.here) this.store.write(this.person, this.key, this.here);
    else this.store.clear(this.person, this.key);
  }

  private later(ms: number): void {
    this.timer ??= setTimeout(() => void this.flush(), ms);
  }

  private say(): void {
    const elsewhere = this.other ? (JSON.parse(this.other.text) as T) : null;
    const { saved_at, failed } = this;
    this.tell?.({ saved_at: this.here?.saved ? saved_at : null, failed, elsewhere, sent: false });
  }
}
