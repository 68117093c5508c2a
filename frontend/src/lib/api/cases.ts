import { ask, client } from './client';
import type { components } from './schema';

type Shapes = components['schemas'];

export type Access = Shapes['AccessOut'];
export type AccessPerson = Shapes['AccessPersonOut'];
export type AccessPlace = Shapes['PlaceOut'];
export type Facts = Shapes['FactsOut'];
export type FactKind = Shapes['FactKind'];
export type MyFact = Shapes['MyFact'];
export type Screenings = Shapes['ScreeningsOut'];
export type Sign = Shapes['Sign'];
export type Permissions = Shapes['PermissionsOut'];

const F = '/api/cases/{case}/facts' as const;
const S = '/api/cases/{case}/screening' as const;
const of = (id: string) => ({ params: { path: { case: id } } });
const ofFact = (id: string, fact: string) => ({ params: { path: { case: id, fact } } });

export const getAccess = (id: string) => ask(client.GET('/api/cases/{case}/access', of(id)));

export const getFacts = (id: string) => ask(client.GET(F, of(id)));
export const keepFact = (id: string, body: { kind: FactKind; text: string }) => ask(client.POST(F, { ...of(id), body }));
export const changeFact = (id: string, fact: string, text: string) =>
  ask(client.PUT(`${F}/{fact}`, { ...ofFact(id, fact), body: { text } }));
export const eraseFact = (id: string, fact: string) => ask(client.DELETE(`${F}/{fact}`, ofFact(id, fact)));
export const showFact = (id: string, fact: string, membership: string) =>
  ask(client.POST(`${F}/{fact}/grants`, { ...ofFact(id, fact), body: { membership } }));
export const hideFact = (id: string, fact: string, grant: string) =>
  ask(client.DELETE(`${F}/{fact}/grants/{grant}`, { params: { path: { case: id, fact, grant } } }));

export const getScreening = (id: string) => ask(client.GET(S, of(id)));
export const tickSigns = (id: string, signs: Sign[]) => ask(client.POST(S, { ...of(id), body: { signs } }));
export const signScreening = (id: string, assessment: string, not_to_invite: string[]) =>
  ask(client.POST(`${S}/signature`, { ...of(id), body: { assessment, not_to_invite } }));

export const getPermissions = () => ask(client.GET('/api/admin/permissions'));
