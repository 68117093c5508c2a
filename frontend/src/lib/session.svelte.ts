import { getMe, logOut, putLanguage } from './api/calls';
import { asProblem, Problem } from './api/problem';
import type { Lasting, Me } from './api/types';
import { Drafts } from './drafts';
import { speak, type Language } from './text/text.svelte';

export const drafts = new Drafts(sessionStorage);

const WARN_S = 300;
const ASK_AGAIN_S = 20;

class Session {
  me = $state.raw<Me | null>(null);
  /** Set five minutes before the session ends: when, by this browser's clock, and whether staying is possible. */
  ending = $state.raw<{ ends: number; renewable: boolean } | null>(null);
  /** There is no session any more. */
  onEnded: () => void = () => {};
  private next: ReturnType<typeof setTimeout> | undefined;
  private asking: Promise<Me> | null = null;

  /** Who is logged in; asked once per page load. */
  load(): Promise<Me> {
    this.asking ??= this.fetch().catch((reason: unknown) => {
      this.asking = null;
      throw reason;
    });
    return this.asking;
  }

  get person(): string {
    return this.me?.person.id ?? '';
  }

  async choose(language: Language): Promise<void> {
    try {
      await speak(language);
    } catch {
      return; // the words did not come: what stands there stays
    }
    if (!this.me) return;
    this.me = { ...this.me, person: { ...this.me.person, language } };
    await putLanguage(language).catch(asProblem);
  }

  /**
   * Ends the session here and at the provider. Where to go next is the server's word. Problem draft_unsaved: something
   * is only in this tab, and would be gone; `anyway` lets it go.
   */
  async end(anyway = false): Promise<string> {
    if (!(await drafts.save()) && !anyway) throw new Problem('draft_unsaved');
    const answer = await logOut();
    drafts.clearAll();
    this.forget();
    return answer.redirect ?? '/login';
  }

  /** How long it lasts, by the server's word. Shortly before the end it is asked again: other tabs keep it too. */
  lasts({ ends_in, renewable }: Lasting): void {
    const early = ends_in - WARN_S;
    this.ending = early > 0 ? null : { ends: Date.now() + ends_in * 1000, renewable };
    this.later(early > 0 ? early : Math.min(ASK_AGAIN_S, ends_in));
  }

  /** Whether the session of this page still stands. Another person's, begun in another tab, is another page. */
  async check(): Promise<boolean> {
    if (!this.me) return false;
    try {
      const me = await getMe();
      if (me.person.id !== this.person) {
        drafts.stop();
        location.reload();
      }
      this.lasts(me.session);
    } catch (reason) {
      if (asProblem(reason).code === 'not_logged_in') this.onEnded();
      else this.later(ASK_AGAIN_S);
      return false;
    }
    return true;
  }

  forget(): void {
    clearTimeout(this.next);
    this.ending = null;
    this.me = null;
    this.asking = null;
  }

  private later(seconds: number): void {
    clearTimeout(this.next);
    this.next = setTimeout(() => void this.check(), (seconds + 1) * 1000);
  }

  private async fetch(): Promise<Me> {
    const me = await getMe();
    this.me = me;
    this.lasts(me.session);
    drafts.keepOnly(me.person.id);
    await speak(me.person.language === 'en' ? 'en' : 'da');
    return me;
  }
}

export const session = new Session();
