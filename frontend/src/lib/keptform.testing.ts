import type { KeptDraft } from './api/drafts';
import { Problem } from './api/problem';
import { Drafts } from './drafts';
import type { Shelf } from './keptform';

/** A tab with nothing in it. */
export function tab() {
  const kept = new Map<string, string>();
  return new Drafts({
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key)
  });
}

export interface Note {
  id: string;
  text: string;
}

/** The server's side, as app/drafts has it, for several tabs. */
export class Server {
  draft: (KeptDraft & { writer: string }) | null = null;
  sent = new Set<string>();
  down: Problem | null = null;
  /** It is stored, and the answer is lost. */
  losesAnswers = false;
  slow = 0;
  drops = 0;
  private clock = 0;

  /** What a page that was fetched now knows, and how it asks; `writer` as of another tab. */
  shelf(writer?: string): Shelf {
    let known = this.draft ?? undefined;
    const out = new Set(this.sent);
    return {
      known: () => (known && !out.has(known.id) ? known : undefined),
      sent: (id) => out.has(id),
      look: () => (this.down ? Promise.reject(this.down) : Promise.resolve((known = this.draft ?? undefined))),
      put: async (put) => {
        if (this.slow) await new Promise((done) => setTimeout(done, this.slow));
        if (this.down) throw this.down;
        const by = writer ?? put.writer;
        if (this.sent.has(put.id)) throw new Problem('draft_sent', 409);
        if (this.draft && this.draft.version !== put.version && this.draft.writer !== by) throw new Problem('draft_elsewhere', 409);
        const at = { form: 'note' as const, about: 't', saved_at: '2026-11-26T10:00:00Z' };
        this.draft = { ...at, id: put.id, text: put.text, version: ++this.clock, writer: by };
        if (this.losesAnswers) throw new Problem('offline');
        return (known = this.draft);
      },
      out: (id) => void (known = known?.id === id ? undefined : known),
      drop: (id) => {
        if (this.down) return Promise.reject(this.down);
        this.drops += 1;
        if (this.draft?.id === id) this.draft = null;
        known = undefined;
        return Promise.resolve();
      }
    };
  }

  /** Stored as what it becomes: the draft goes in the same breath. */
  stores(id: string): void {
    this.sent.add(id);
    if (this.draft?.id === id) this.draft = null;
  }

  get text(): string | null {
    return this.draft && (JSON.parse(this.draft.text) as Note).text;
  }
}
