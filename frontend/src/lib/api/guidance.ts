import { ask, client } from './client';
import type { components } from './schema';

export type Guidance = components['schemas']['GuidanceOut'];
export type Guide = Guidance['areas'][number];

export const getGuidance = () => ask(client.GET('/api/guidance'));
