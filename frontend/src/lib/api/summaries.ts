import { at, T } from './calls';
import { ask, client } from './client';
import type { components } from './schema';
import type { Place } from './types';

type Shapes = components['schemas'];

export type Summary = Shapes['SummaryOut'];

const S = `${T}/summary` as const;
const of = (place: Place, summary: string) => ({ params: { path: { ...at(place).params.path, summary } } });

export const getSummaries = (place: Place) => ask(client.GET(S, at(place)));
export const proposeSummary = (place: Place, body: { id: string; words: string; circle: number }) =>
  ask(client.POST(S, { ...at(place), body }));
export const confirmSummary = (place: Place, summary: string) =>
  ask(client.POST(`${S}/{summary}/confirmation`, { ...of(place, summary), body: {} }));
export const rejectSummary = (place: Place, summary: string, body: { words: string; circle: number }) =>
  ask(client.POST(`${S}/{summary}/rejection`, { ...of(place, summary), body }));
