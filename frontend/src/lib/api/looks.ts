import { ask, client } from './client';
import type { components } from './schema';

type Shapes = components['schemas'];

export type Looks = Shapes['LooksOut'];
export type Looker = Shapes['LookerOut'];
export type LookedAt = Shapes['LookOut'];
export type RecentLooks = Shapes['RecentLooks'];
export type DutyAccess = Shapes['DutyAccessOut'];
export type NewDutyAccess = Shapes['NewDutyAccess'];
export type AuditLook = Shapes['AuditLook'];
export type Reconciliation = Shapes['ReconciliationOut'];

const L = '/api/cases/{case}/looks' as const;

export const getLooks = (id: string, before: string | null) =>
  ask(client.GET(L, { params: { path: { case: id }, query: before ? { before } : {} } }));
export const getRecentLooks = () => ask(client.GET('/api/looks'));
export const askWhy = (id: string, look: string, text: string) =>
  ask(client.POST(`${L}/{look}/question`, { params: { path: { case: id, look } }, body: { text } }));

export const getDutyAccesses = () => ask(client.GET('/api/duty-accesses'));
export const openDutyAccess = (body: NewDutyAccess) => ask(client.POST('/api/duty-accesses', { body }));
export const sightDutyAccess = (access: string) =>
  ask(client.POST('/api/duty-accesses/{access}/sight', { params: { path: { access } }, body: {} }));

export interface AuditQuery {
  case?: string;
  day?: string;
  before?: string;
  sample?: boolean;
}
export const getAuditLooks = (query: AuditQuery) => ask(client.GET('/api/audit/looks', { params: { query } }));
export const getReconciliations = () => ask(client.GET('/api/audit/reconciliations'));
