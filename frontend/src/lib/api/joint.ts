import { at, T } from './calls';
import { ask, client } from './client';
import type { components } from './schema';
import type { Place } from './types';

type Shapes = components['schemas'];

export type Joint = Shapes['JointOut'];
export type JointHead = Shapes['JointHead'];
export type JointList = Shapes['JointList'];
export type JointPart = Joint['parts'][number];
export type Area = Shapes['ConsultationArea'];

const C = `${T}/concerns` as const;
const ONE = `${C}/{concern}` as const;
const of = (place: Place, concern: string) => ({ params: { path: { ...at(place).params.path, concern } } });

export const getJointList = (place: Place) => ask(client.GET(C, at(place)));
export const getJoint = (place: Place, concern: string) => ask(client.GET(ONE, of(place, concern)));
export const beginJoint = (place: Place, body: Shapes['NewJointConcern']) => ask(client.POST(C, { ...at(place), body }));
export const writeJointPart = (place: Place, concern: string, body: Shapes['NewJointPart']) =>
  ask(client.POST(`${ONE}/parts`, { ...of(place, concern), body }));
export const sendJoint = (place: Place, concern: string, body: Shapes['NewSending']) =>
  ask(client.POST(`${ONE}/sending`, { ...of(place, concern), body }));
export const giveUpJoint = (place: Place, concern: string, body: Shapes['NewGivingUp']) =>
  ask(client.POST(`${ONE}/closure`, { ...of(place, concern), body }));
export const receiveJoint = (place: Place, concern: string, body: Shapes['NewReceipt']) =>
  ask(client.POST(`${ONE}/receipt`, { ...of(place, concern), body }));
