import { at, T } from './calls';
import { ask, client } from './client';
import type { components } from './schema';
import type { Place } from './types';

type Shapes = components['schemas'];

export type CustodyChange = Shapes['ChangeOut'];
export type WaitingChange = Shapes['WaitingOut'];
export type NewCustodyChange = Shapes['EndedCustody'] | Shapes['GrantedCustody'];

const C = '/api/cases/{case}/custody-changes';
const of = (id: string) => ({ params: { path: { case: id } } });
const one = (change: string) => ({ params: { path: { change } }, body: {} });
const place = (here: Place, membership: string) => ({ params: { path: { ...at(here).params.path, membership } } });

export const getCustodyChanges = (id: string) => ask(client.GET(C, of(id)));
export const changeCustody = (id: string, body: NewCustodyChange) => ask(client.POST(C, { ...of(id), body }));

export const getWaitingChanges = () => ask(client.GET('/api/custody-changes'));
export const approveCustody = (change: string) =>
  ask(client.POST('/api/custody-changes/{change}/approval', one(change)));
export const refuseCustody = (change: string) => ask(client.POST('/api/custody-changes/{change}/refusal', one(change)));

export const pauseMembership = (here: Place, membership: string) =>
  ask(client.POST(`${T}/memberships/{membership}/pause`, { ...place(here, membership), body: {} }));
export const resumeMembership = (here: Place, membership: string) =>
  ask(client.DELETE(`${T}/memberships/{membership}/pause`, place(here, membership)));
