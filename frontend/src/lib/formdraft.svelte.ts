import { onDestroy } from 'svelte';
import { KeptForm, type Fields, type Shelf, type State } from './keptform';
import { drafts, session } from './session.svelte';

/** A form's draft, for the component that holds the form. */
export class FormDraft<T extends Fields> {
  private state: State<T> = $state.raw({ saved_at: null, failed: false, elsewhere: null, sent: false });
  private form: KeptForm<T>;

  /** `onsent`: it turned out to have been sent already; the form begins anew. */
  constructor(key: string, shelf: Shelf, onsent: () => void = () => {}) {
    const person = session.person;
    const form = drafts.form(person, key, () => new KeptForm<T>(drafts, person, key, shelf));
    const tell = (state: State<T>) => {
      this.state = state;
      if (state.sent) onsent();
    };
    form.open(shelf, tell);
    this.form = form;
    onDestroy(() => void drafts.close(person, key, form, tell));
  }

  get value(): T | null {
    return this.form.value;
  }

  get saved_at(): string | null {
    return this.state.saved_at;
  }

  get failed(): boolean {
    return this.state.failed;
  }

  get elsewhere(): T | null {
    return this.state.elsewhere;
  }

  /** Keep it; `blank` when there is nothing in it any more. */
  keep(value: T, blank: boolean): void {
    if (blank) this.form.discard();
    else this.form.write(value);
  }

  /** What was written under this id is on its way, or has arrived. */
  out(id: string): void {
    this.form.out(id);
  }

  discard(): void {
    this.form.discard();
  }

  settle(use: 'other' | 'mine'): T | null {
    return this.form.settle(use);
  }
}
