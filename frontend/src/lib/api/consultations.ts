import { ask, client } from './client';
import type { components } from './schema';

type Shapes = components['schemas'];

export type Consultation = Shapes['ConsultationOut'];
export type ConsultationHead = Shapes['ConsultationHead'];
export type NewConsultation = Shapes['NewConsultation'];
export type Area = Shapes['ConsultationArea'];
export type Outcome = Shapes['ConsultationOutcome'];

const C = '/api/consultations/{consultation}' as const;
const of = (consultation: string) => ({ params: { path: { consultation } } });

export const getConsultations = () => ask(client.GET('/api/consultations'));
export const getConsultation = (id: string) => ask(client.GET(C, of(id)));
export const askForAdvice = (body: NewConsultation) => ask(client.POST('/api/consultations', { body }));
export const writeLine = (id: string, body: { id: string; words: string }) =>
  ask(client.POST(`${C}/lines`, { ...of(id), body }));
export const closeConsultation = (id: string, body: { outcome: Outcome; words: string }) =>
  ask(client.POST(`${C}/closure`, { ...of(id), body }));
export const passOn = (id: string, body: { id: string; to: string }) =>
  ask(client.POST(`${C}/passing-on`, { ...of(id), body }));
