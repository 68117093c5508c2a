import { loadAgain } from '../again';

/** The plan's page is filled anew. */
export const showPlan = () => loadAgain('rundtom:plan');
