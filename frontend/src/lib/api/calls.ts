import { ask, client } from './client';
import type { NewCase, Place } from './types';

export const T = '/api/cases/{case}/threads/{thread}';
export const at = (place: Place) => ({ params: { path: { case: place.case, thread: place.thread } } });

export const getMe = () => ask(client.GET('/api/me'));
export const putLanguage = (language: 'da' | 'en') => ask(client.PUT('/api/me/language', { body: { language } }));
export const getIssuers = () => ask(client.GET('/api/issuers'));
export const logOut = () => ask(client.POST('/auth/logout'));

export const getCases = () => ask(client.GET('/api/cases'));
export const getCase = (id: string) => ask(client.GET('/api/cases/{case}', { params: { path: { case: id } } }));
export const openCase = (body: NewCase) => ask(client.POST('/api/cases', { body }));
export const openThread = (id: string, body: { id: string; purpose: string; members: string[]; acting?: string }) =>
  ask(client.POST('/api/cases/{case}/threads', { params: { path: { case: id } }, body }));

export const getThread = (place: Place) => ask(client.GET(T, at(place)));
export const getMessages = (place: Place, before?: number) =>
  ask(client.GET(`${T}/messages`, { params: { ...at(place).params, query: { before, limit: 30 } } }));
export const getChanges = (place: Place, after: number) =>
  ask(client.GET(`${T}/changes`, { params: { ...at(place).params, query: { after } } }));
export const putReadMark = (place: Place, seq: number) =>
  ask(client.PUT(`${T}/read-mark`, { ...at(place), body: { seq } }));

export const postMessage = (place: Place, body: { id: string; text: string; circle: number }, words_of?: string) =>
  words_of
    ? ask(client.POST(`${T}/words`, { ...at(place), body: { ...body, words_of } }))
    : ask(client.POST(`${T}/messages`, { ...at(place), body }));
export const correctMessage = (place: Place, message: string, text: string) =>
  ask(
    client.POST(`${T}/messages/{message}/correction`, {
      params: { path: { ...at(place).params.path, message } },
      body: { text }
    })
  );
export const withdrawMessage = (place: Place, message: string) =>
  ask(
    client.POST(`${T}/messages/{message}/withdrawal`, {
      params: { path: { ...at(place).params.path, message } },
      body: {}
    })
  );

export const getNote = (place: Place, note: string) =>
  ask(client.GET(`${T}/notes/{note}`, { params: { path: { ...at(place).params.path, note } } }));

export const closeThread = (place: Place, id: string, reason: string) =>
  ask(client.POST(`${T}/closure`, { ...at(place), body: { id, reason } }));
export const reopenThread = (place: Place) => ask(client.DELETE(`${T}/closure`, at(place)));

export const endMembership = (place: Place, membership: string, reason?: string) =>
  ask(
    client.POST(`${T}/memberships/{membership}/ending`, {
      params: { path: { ...at(place).params.path, membership } },
      body: reason ? { reason } : {}
    })
  );
