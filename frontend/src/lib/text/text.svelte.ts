import da from './da.json';
import danish from './da.json?url';
import english from './en.json?url';
import { Problem } from '../api/problem';
import { resolve, type Values } from './format';

export type Language = 'da' | 'en';
type Written = keyof typeof da;
type PluralOf<K> = K extends `${infer Stem}_other` ? Stem : never;
export type Key = Written | PluralOf<Written>;

/** Each language by its own name. */
export const LANGUAGES: Record<Language, string> = { da: 'Dansk', en: 'English' };

const STORED = 'rundtom.language';
let language = $state<Language>('da');
let catalogue = $state.raw<Record<string, string>>(da);

export function t(key: Key, values: Values = {}): string {
  return resolve(catalogue, language, key, values);
}

/** Whether there are words for it. Before all of them have come, the script's own count. */
export const knows = (key: string): boolean => key in catalogue;

/** For what the server names: a state, a kind, a role. */
export function named(group: 'kind' | 'looks.what' | 'role' | 'state' | 'step', name: string, values: Values = {}): string {
  return resolve(catalogue, language, `${group}.${name}`, values);
}

export function currentLanguage(): Language {
  return language;
}

export async function speak(wanted: Language): Promise<void> {
  catalogue = await words(wanted);
  language = wanted;
  document.documentElement.lang = wanted;
  sessionStorage.setItem(STORED, wanted);
}

const ADDRESSES: Record<Language, string> = { da: danish, en: english };
const fetched: Partial<Record<Language, Promise<Record<string, string>>>> = {};

function words(wanted: Language): Promise<Record<string, string>> {
  fetched[wanted] ??= fetch(ADDRESSES[wanted]).then((answer) => answer.json() as Promise<Record<string, string>>);
  // Without the words there is nothing to show but that (the script has the Danish for trouble); the next try asks again.
  return fetched[wanted].catch(() => {
    delete fetched[wanted];
    throw new Problem('offline');
  });
}

/** Before login: what was chosen in this tab, else Danish. */
export function storedLanguage(): Language {
  return sessionStorage.getItem(STORED) === 'en' ? 'en' : 'da';
}

// Asked for at once, beside the first calls to the server: no page waits longer for its words.
if (typeof sessionStorage !== 'undefined') words(storedLanguage()).catch(() => {});
