import { at, T } from './calls';
import { ask, client } from './client';
import type { components } from './schema';
import type { Place } from './types';

type Shapes = components['schemas'];

export type KeptDraft = Shapes['DraftOut'];
export type Keeping = Shapes['Keeping'];
export type ThreadForm = Shapes['ThreadForm'];

const D = `${T}/drafts/{form}/{about}` as const;
const of = (place: Place, form: ThreadForm, about: string) => ({ ...at(place).params.path, form, about });

// `keepalive`: what is typed last is on its way while the page goes.
export const keepDraft = (place: Place, form: ThreadForm, about: string, body: Keeping) =>
  ask(client.PUT(D, { params: { path: of(place, form, about) }, body, keepalive: true }));
export const dropDraft = (place: Place, form: ThreadForm, about: string, id: string) =>
  ask(client.DELETE(D, { params: { path: of(place, form, about), query: { id } }, keepalive: true }));

const HOME = '/api/drafts/{form}' as const;
const newCase = { path: { form: 'new_case' } } as const;

export const getHomeDrafts = () => ask(client.GET('/api/drafts'));
export const keepNewCase = (body: Keeping) => ask(client.PUT(HOME, { params: newCase, body, keepalive: true }));
export const dropNewCase = (id: string) =>
  ask(client.DELETE(HOME, { params: { ...newCase, query: { id } }, keepalive: true }));
