import { tick } from 'svelte';

/** After a refused form the reader stands at the first thing to correct. */
export async function toFirstFault(form: HTMLElement): Promise<void> {
  await tick();
  form.querySelector<HTMLElement>('[aria-invalid="true"], .form-error input')?.focus();
}
