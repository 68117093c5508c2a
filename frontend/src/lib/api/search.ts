import { ask, client } from './client';
import type { components } from './schema';

type Shapes = components['schemas'];

export type Hit = Shapes['Hit'];
export type Found = Shapes['Found'];
export type Wanted = Shapes['Search'];

export const search = (body: Wanted) => ask(client.POST('/api/search', { body }));
