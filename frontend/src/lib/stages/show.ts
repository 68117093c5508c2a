import { loadAgain } from '../again';

/** The page of the steps is filled anew. */
export const showStages = () => loadAgain('rundtom:stages');
