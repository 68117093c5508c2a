/**
 * What is being written, kept in this tab, per person and place. Gone at sending, at logout and with the tab; what is
 * to outlive them is kept on the server as well (keptform.ts).
 */

const PREFIX = 'rundtom.draft:';

export interface Store {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A form that is open, or has something to save still. */
interface Kept {
  readonly idle: boolean;
  flush(): Promise<boolean>;
  close(tell: unknown): Promise<void>;
  end(): void;
}

const PATIENCE_MS = 3000;

export class Drafts {
  private forms = new Map<string, Kept>();

  constructor(private store: Store) {}

  /** The one keeper of this form: a form that is opened again goes on with it. */
  form<F extends Kept>(person: string, key: string, make: () => F): F {
    const name = `${person}:${key}`;
    const known = this.forms.get(name) as F | undefined;
    if (known) return known;
    const made = make();
    this.forms.set(name, made);
    return made;
  }

  /** It stays as long as it has something to save: opened again meanwhile, it is the same one. */
  async close(person: string, key: string, form: Kept, tell: unknown): Promise<void> {
    const name = `${person}:${key}`;
    await form.close(tell);
    if (this.forms.get(name) === form && form.idle) this.forms.delete(name);
  }

  read<T>(person: string, place: string): T | null {
    try {
      const kept = this.store.getItem(PREFIX + person + ':' + place);
      return kept === null ? null : (JSON.parse(kept) as T);
    } catch {
      return null;
    }
  }

  write(person: string, place: string, value: unknown): void {
    try {
      this.store.setItem(PREFIX + person + ':' + place, JSON.stringify(value));
    } catch {
      // A full or forbidden store must never stop anyone from typing; the text is still on the screen.
    }
  }

  clear(person: string, place: string): void {
    this.store.removeItem(PREFIX + person + ':' + place);
  }

  /** Everything in the place: the thread's message, note and invitation. */
  clearUnder(person: string, place: string): void {
    for (const [name, form] of this.forms) {
      if (!name.startsWith(`${person}:${place}`)) continue;
      form.end();
      this.forms.delete(name);
    }
    this.remove(PREFIX + person + ':' + place);
  }

  /** Another person has logged in here: what somebody else was writing is not theirs to keep. */
  keepOnly(person: string): void {
    this.remove(PREFIX, PREFIX + person + ':');
  }

  clearAll(): void {
    this.remove(PREFIX);
  }

  /** Saves everything that is open. Whether all of it is on the server; false also when that takes too long. */
  async save(): Promise<boolean> {
    const late = new Promise<boolean>((done) => setTimeout(() => done(false), PATIENCE_MS));
    const all = Promise.all([...this.forms.values()].map((form) => form.flush()));
    return Promise.race([late, all.then((saved) => saved.every(Boolean))]);
  }

  /** Somebody else has logged in: nothing of this page is saved any more. */
  stop(): void {
    for (const form of this.forms.values()) form.end();
    this.forms.clear();
  }

  private remove(start: string, except?: string): void {
    const keys = Array.from({ length: this.store.length }, (_, i) => this.store.key(i));
    for (const key of keys) {
      if (key?.startsWith(start) && !(except && key.startsWith(except))) this.store.removeItem(key);
    }
  }
}
