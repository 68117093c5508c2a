import { ask, client } from './client';
import type { components } from './schema';

type Shapes = components['schemas'];

export type Caseload = Shapes['Caseload'];
export type CaseHeld = Shapes['CaseHeld'];
export type Heading = Shapes['Heading'];
export type Waits = Shapes['Waits'];

export const getCaseload = () => ask(client.GET('/api/caseload'));
