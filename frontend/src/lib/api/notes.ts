import { T, at } from './calls';
import { ask, client } from './client';
import type { components } from './schema';
import type { Place } from './types';

type Shapes = components['schemas'];


const of = (place: Place, note: string) => ({ params: { path: { ...at(place).params.path, note } } });

export const publishNote = (place: Place, body: Shapes['NewNote']) =>
  ask(client.POST(`${T}/notes`, { ...at(place), body }));
export const correctNote = (place: Place, note: string, body: Shapes['NoteCorrection']) =>
  ask(client.POST(`${T}/notes/{note}/versions`, { ...of(place, note), body }));
export const respondToNote = (place: Place, note: string, body: Shapes['NewResponse']) =>
  ask(client.POST(`${T}/notes/{note}/responses`, { ...of(place, note), body }));
export const answerResponse = (place: Place, response: string, body: Shapes['NewAnswer']) =>
  ask(
    client.POST(`${T}/responses/{response}/answer`, {
      params: { path: { ...at(place).params.path, response } },
      body
    })
  );
export const getWaitingAnswers = () => ask(client.GET('/api/responses'));
