import { ask, client } from './client';
import type { components } from './schema';

type Shapes = components['schemas'];

export type Concern = Shapes['ConcernOut'];
export type ConcernHead = Shapes['ConcernHead'];
export type ConcernStep = Shapes['ConcernStepOut'];
export type NewConcern = Shapes['NewConcern'];
export type ConcernAct = Concern['may'][number];
export type ConcernOutcome = Shapes['ConcernOutcome'];
export type ReceiptWay = Shapes['ReceiptWay'];

const C = '/api/concerns/{concern}' as const;
const of = (concern: string) => ({ params: { path: { concern } } });

export const getConcerns = () => ask(client.GET('/api/concerns'));
export const getConcern = (id: string) => ask(client.GET(C, of(id)));
export const notify = (body: NewConcern) => ask(client.POST('/api/concerns', { body }));
export const assessDanger = (id: string, body: Shapes['DangerAssessment']) =>
  ask(client.POST(`${C}/danger-assessment`, { ...of(id), body }));
export const sendReceipt = (id: string, body: Shapes['ConcernReceipt']) => ask(client.POST(`${C}/receipt`, { ...of(id), body }));
export const passOn = (id: string, body: Shapes['ConcernPassing']) => ask(client.POST(`${C}/passing-on`, { ...of(id), body }));
export const settle = (id: string, body: Shapes['ConcernSettlement']) => ask(client.POST(`${C}/settlement`, { ...of(id), body }));
