import type { Member, Thread } from '../api/types';
import { reading } from './readers';

const active = (thread: Thread) => reading(thread.people);

/**
 * The circle its writer has seen. While nothing is written it follows the thread; once there is text it stands still,
 * and sending waits until the change has been seen.
 */
export class SeenCircle {
  private seen = $state(0);
  private people: ReadonlySet<string> = $state.raw(new Set<string>());

  constructor(
    private thread: () => Thread,
    private writing: () => boolean
  ) {
    this.accept();
  }

  get circle(): number {
    return this.seen;
  }

  get changed(): boolean {
    return this.writing() && this.thread().circle !== this.seen;
  }

  /** Who came since the writer began. */
  get fresh(): ReadonlySet<string> {
    return new Set(this.joined.map((person) => person.membership));
  }

  get joined(): Member[] {
    return active(this.thread()).filter((person) => !this.people.has(person.membership));
  }

  accept(): void {
    this.seen = this.thread().circle;
    this.people = new Set(active(this.thread()).map((person) => person.membership));
  }

  /** Call when the thread's facts may have changed. */
  follow(): void {
    if (!this.writing() && this.thread().circle !== this.seen) this.accept();
  }
}
