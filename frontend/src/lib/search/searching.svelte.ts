import { asProblem, type Problem } from '../api/problem';
import { search, type Hit } from '../api/search';
import { keyOf, olderThan } from './hits';

/** What somebody looks for: the words, and the case that it is looked for in alone. */
interface Wanted {
  words: string;
  case: string | null;
}

/**
 * What was looked for last stands in the memory of this page, for the way back from a hit, and nowhere else: neither in
 * the address nor in what the browser keeps. Others use the same computer.
 */
let last: (Wanted & { person: string }) | null = null;

export const lastOf = (person: string): Wanted | null => (last?.person === person ? last : null);

export class Searching {
  hits = $state.raw<Hit[]>([]);
  earlier = $state(false);
  /** Null before the first search; false when the words name nothing to look for. */
  understood = $state<boolean | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  private wanted: Wanted = { words: '', case: null };
  private turn = 0;

  constructor(private readonly person: string) {}

  async begin(wanted: Wanted): Promise<void> {
    this.wanted = wanted;
    last = { ...wanted, person: this.person };
    await this.fetch(false);
  }

  /** Older ones, below. */
  async goOn(): Promise<void> {
    if (!this.busy) await this.fetch(true);
  }

  /** An answer that has been overtaken by another search is dropped. */
  private async fetch(more: boolean): Promise<void> {
    const turn = ++this.turn;
    this.busy = true;
    this.problem = null;
    const before = more ? olderThan(this.hits) : null;
    try {
      const found = await search({ ...this.wanted, before });
      if (turn !== this.turn) return;
      const known = new Set(more ? this.hits.map(keyOf) : []);
      this.hits = [...(more ? this.hits : []), ...found.hits.filter((hit) => !known.has(keyOf(hit)))];
      this.earlier = found.earlier;
      this.understood = found.understood;
    } catch (reason) {
      if (turn === this.turn) this.problem = asProblem(reason);
    } finally {
      if (turn === this.turn) this.busy = false;
    }
  }
}
