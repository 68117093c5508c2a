import { at, T } from './calls';
import { ask, client } from './client';
import type { components } from './schema';
import type { Place } from './types';

type Shapes = components['schemas'];

export type Card = Shapes['CardOut'];
export type Callback = Shapes['CallbackOut'];
export type Contact = Shapes['ContactOut'];
export type Contacts = Shapes['ContactsOut'];
export type ContactKind = Shapes['ContactKind'];
export type MyCard = Shapes['MyCard'];
export type Within = Shapes['Within'];
export type FirstCalls = Shapes['FirstCalls'];
export type FirstCall = Shapes['FirstCall'];
export type Waiting = Shapes['Waiting'];

const path = (place: Place) => at(place).params.path;
const ofCallback = (place: Place, callback: string) => ({ params: { path: { ...path(place), callback } } });

export const getMyCards = () => ask(client.GET('/api/me/contact-card'));
export const keepCard = (body: Shapes['NewCard']) => ask(client.PUT('/api/me/contact-card', { body }));

export const getContacts = (place: Place) => ask(client.GET(`${T}/contacts`, at(place)));
export const logContact = (place: Place, body: Shapes['NewContact']) =>
  ask(client.POST(`${T}/contacts`, { ...at(place), body }));
export const withdrawContact = (place: Place, contact: string) =>
  ask(
    client.POST(`${T}/contacts/{contact}/withdrawal`, { params: { path: { ...path(place), contact } }, body: {} })
  );

export const askForCallback = (place: Place, body: Shapes['NewCallback']) =>
  ask(client.POST(`${T}/callbacks`, { ...at(place), body }));
export const answerCallback = (place: Place, callback: string, body: Shapes['NewCall']) =>
  ask(client.POST(`${T}/callbacks/{callback}/calls`, { ...ofCallback(place, callback), body }));
export const withdrawCallback = (place: Place, callback: string) =>
  ask(client.POST(`${T}/callbacks/{callback}/withdrawal`, { ...ofCallback(place, callback), body: {} }));

export const getWaiting = () => ask(client.GET('/api/waiting'));
export const getFirstCalls = () => ask(client.GET('/api/first-calls'));
