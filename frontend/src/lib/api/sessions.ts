import { ask, client } from './client';
import type { components } from './schema';

export type OwnSession = components['schemas']['OwnSession'];

export const getSessions = () => ask(client.GET('/api/me/sessions'));
export const endSession = (session: string) =>
  ask(client.POST('/api/me/sessions/{session}/ending', { params: { path: { session } }, body: {} }));
export const renewSession = () => ask(client.POST('/api/me/session/renewal', { body: {} }));
