import { at, T } from './calls';
import { ask, client } from './client';
import type { components, paths } from './schema';
import type { Place } from './types';

type Shapes = components['schemas'];

export type Stage = Shapes['StageOut'];
export type Stages = Shapes['StagesOut'];
export type Standing = Shapes['Standing'];
export type Step = Shapes['StageStep'];
export type Intervals = Shapes['Intervals'];
export type Span = Shapes['Span'];
export type Way = Shapes['Way'];
export type Outcome = Shapes['StageOutcome'];
export type NewStage = paths[typeof S]['post']['requestBody']['content']['application/json'];

const S = `${T}/stages` as const;

export const getStages = (place: Place) => ask(client.GET(S, at(place)));
export const moveStage = (place: Place, body: NewStage) => ask(client.POST(S, { ...at(place), body }));
export const getIntervals = (query: { year?: number; half?: number }) =>
  ask(client.GET('/api/intervals', { params: { query } }));
export const coSign = (place: Place, stage: string, body: { id: string; words: string; circle: number }) =>
  ask(client.POST(`${S}/{stage}/signature`, { params: { path: { ...at(place).params.path, stage } }, body }));
