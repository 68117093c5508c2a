import { asProblem, type Problem } from '$lib/api/problem';
import { toFirstFault } from '$lib/ui/faults';

/** A form that is sent once: what is missing is shown after the first try, and a second press does nothing. */
export class Sending {
  tried = $state(false);
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);

  async send(event: SubmitEvent, complete: boolean, act: () => Promise<unknown>): Promise<void> {
    event.preventDefault();
    this.tried = true;
    if (!complete) return toFirstFault(event.currentTarget as HTMLElement);
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      await act();
    } catch (reason) {
      this.problem = asProblem(reason);
    } finally {
      this.busy = false;
    }
  }
}
