import { currentLanguage } from '../text/text.svelte';
import { at, T } from './calls';
import { ask, client } from './client';
import type { components } from './schema';
import type { Place } from './types';

export type Format = components['schemas']['Format'];
export type Part = components['schemas']['Part'];

/** The file as it came. Its name is ours to give: it tells nobody on a shared computer whom it is about. */
export async function copyOfThread(place: Place, format: Format, part: Part, note?: string): Promise<Blob> {
  const query = { format, part, note, language: currentLanguage() };
  return blob(ask(client.GET(`${T}/export`, { params: { ...at(place).params, query }, parseAs: 'blob' })));
}

export async function copyOfCase(id: string, format: Format): Promise<Blob> {
  const params = { path: { case: id }, query: { format, language: currentLanguage() } };
  return blob(ask(client.GET('/api/cases/{case}/export', { params, parseAs: 'blob' })));
}

const blob = async (answer: Promise<unknown>) => (await answer) as Blob;
