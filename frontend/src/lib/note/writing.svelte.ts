import { getNote } from '../api/calls';
import { correctNote, publishNote } from '../api/notes';
import { asProblem, type Problem } from '../api/problem';
import type { Note, Template } from '../api/types';
import { FormDraft } from '../formdraft.svelte';
import { SeenCircle } from '../thread/circle.svelte';
import type { Room } from '../thread/room.svelte';
import { newId } from '../uuid';
import { empty, filledWith, told, written, type Draft } from './draft';
import { shows } from './tidy';

/** A note being written, or one of mine being corrected: what is on the screen, where it is kept, and its way out. */
export class Writing {
  note: Draft = $state() as Draft;
  /** The note as it stands, when it is being corrected. */
  correcting: Note | null = $state.raw(null);
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  readonly seen: SeenCircle;
  readonly draft: FormDraft<Draft>;
  /** Nothing has been written as long as it still says this. */
  private readonly untouched: string;

  constructor(
    private room: Room,
    correcting: Note | null,
    template: Template | null
  ) {
    this.correcting = correcting;
    const shelf = correcting ? room.shelf('note_correction', correcting.id) : room.shelf('note');
    const key = room.key(correcting ? `note/${correcting.id}` : 'note');
    this.draft = new FormDraft<Draft>(key, shelf, () => (this.note = empty(newId())));
    const start = correcting ? filledWith(correcting) : empty(newId());
    this.untouched = JSON.stringify(written(start));
    this.note = { ...start, ...this.draft.value, ...(template && !this.draft.value && { template }) };
    this.seen = new SeenCircle(
      () => room.thread,
      () => this.ready
    );
  }

  /** Only resources must be there. */
  get ready(): boolean {
    return shows(this.note.resources);
  }

  /** What a child has not said yes to is kept nowhere. */
  keep(): void {
    const child_view = told(this.note) ? this.note.child_view : '';
    const untouched = JSON.stringify(written(this.note)) === this.untouched;
    this.draft.keep({ ...$state.snapshot(this.note), child_view }, untouched);
  }

  /** Whether it stands in the thread now. */
  async publish(): Promise<boolean> {
    if (this.busy || this.seen.changed) return false;
    this.busy = true;
    this.problem = null;
    try {
      this.room.keep([await this.send()]);
      this.draft.out(this.note.id);
      return true;
    } catch (reason) {
      this.problem = asProblem(reason);
      if (!this.problem.passing) await this.refused();
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What is sent next is another thing than what was refused, or goes on from what stands there now. */
  private async refused(): Promise<void> {
    if (this.correcting) {
      const standing = await getNote(this.room.place, this.correcting.id);
      this.room.keep([standing]);
      this.correcting = standing;
      this.note.version = standing.version;
    } else {
      this.draft.out(this.note.id);
      this.note.id = newId();
    }
    this.keep();
    await this.room.refresh();
  }

  private send(): Promise<Note> {
    const words = { ...written(this.note), circle: this.seen.circle };
    if (!this.correcting) {
      const { id, template } = this.note;
      return publishNote(this.room.place, { ...words, id, template });
    }
    // The version that it was written on: what has been written in between is not to be undone unseen.
    return correctNote(this.room.place, this.correcting.id, { ...words, version: this.note.version });
  }
}
