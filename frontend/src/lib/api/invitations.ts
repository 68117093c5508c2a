import { at, T } from './calls';
import { ask, client } from './client';
import type { NewConsent, NewInvitation, Place } from './types';

const INVITATION = `${T}/invitations/{invitation}` as const;
const atInvitation = (place: Place, invitation: string) => ({
  params: { path: { ...at(place).params.path, invitation } }
});

export const proposeInvitation = (place: Place, body: NewInvitation) =>
  ask(client.POST(`${T}/invitations`, { ...at(place), body }));
export const getInvitation = (place: Place, invitation: string) =>
  ask(client.GET(INVITATION, atInvitation(place, invitation)));
export const declineInvitation = (place: Place, invitation: string) =>
  ask(client.POST(`${INVITATION}/declining`, { ...atInvitation(place, invitation), body: {} }));
export const settleClaim = (place: Place, invitation: string, claim: string, noun: 'approval' | 'rejection') =>
  ask(
    client.POST(`${INVITATION}/claims/{claim}/${noun}`, {
      params: { path: { ...atInvitation(place, invitation).params.path, claim } },
      body: {}
    })
  );

/** My consent. Without a day of my own it lasts as long as was proposed. */
export const agreeToInvitation = (place: Place, invitation: string, until: string | null) =>
  ask(client.POST(`${INVITATION}/agreement`, { ...atInvitation(place, invitation), body: { until } }));
export const prolong = (place: Place, invitation: string, until: string) =>
  ask(client.POST(`${INVITATION}/prolongation`, { ...atInvitation(place, invitation), body: { until } }));
export const recordConsent = (place: Place, invitation: string, body: NewConsent) =>
  ask(client.POST(`${INVITATION}/consents`, { ...atInvitation(place, invitation), body }));
export const getConsents = (place: Place) => ask(client.GET(`${T}/consents`, at(place)));
export const withdrawConsent = (place: Place, consent: string) =>
  ask(
    client.POST(`${T}/consents/{consent}/withdrawal`, {
      params: { path: { ...at(place).params.path, consent } },
      body: {}
    })
  );

export const openInvitation = (token: string) => ask(client.POST('/api/invitations/opening', { body: { token } }));
export const redeemInvitation = (token: string) => ask(client.POST('/api/invitations/redemption', { body: { token } }));
export const refuseInvitation = (token: string) => ask(client.POST('/api/invitations/refusal', { body: { token } }));
export const renewInvitation = (token: string) => ask(client.POST('/api/invitations/renewal', { body: { token } }));
