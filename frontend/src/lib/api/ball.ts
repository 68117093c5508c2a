import { at, T } from './calls';
import { ask, client } from './client';
import type { components } from './schema';
import type { Place } from './types';

type Shapes = components['schemas'];

export type BallPage = Shapes['BallOut'];
export type Colleague = Shapes['Colleague'];
export type HandOverToMe = Shapes['HandOverToMe'];
export type LostBall = Shapes['LostBall'];
export type WaitingHandOver = Shapes['WaitingHandOver'];

const one = (hand_over: string) => ({ params: { path: { hand_over } } });

export const getBall = (place: Place) => ask(client.GET(`${T}/ball`, at(place)));
export const proposeHandOver = (place: Place, body: Shapes['NewHandOver']) =>
  ask(client.POST(`${T}/hand-overs`, { ...at(place), body }));
export const withdrawHandOver = (place: Place, hand_over: string) =>
  ask(
    client.POST(`${T}/hand-overs/{hand_over}/withdrawal`, {
      params: { path: { ...at(place).params.path, hand_over } },
      body: {}
    })
  );
export const nameDeputy = (place: Place, employment: string | null) =>
  ask(client.PUT(`${T}/deputy`, { ...at(place), body: { employment } }));

export const getHandOversToMe = () => ask(client.GET('/api/hand-overs'));
export const acceptHandOver = (id: string, words: string) =>
  ask(client.POST('/api/hand-overs/{hand_over}/acceptance', { ...one(id), body: { words } }));
export const refuseHandOver = (id: string) =>
  ask(client.POST('/api/hand-overs/{hand_over}/refusal', { ...one(id), body: {} }));

export const getLostBalls = () => ask(client.GET('/api/balls'));
export const assignBall = (id: string, employment: string) =>
  ask(client.POST('/api/balls/{case}/assignment', { params: { path: { case: id } }, body: { employment } }));
