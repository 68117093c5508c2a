import { ask, client } from './client';

export const getAbsence = () => ask(client.GET('/api/me/absence'));
export const beAway = (body: { from_on: string; to_on: string }) => ask(client.PUT('/api/me/absence', { body }));
export const beBack = () => ask(client.DELETE('/api/me/absence'));
