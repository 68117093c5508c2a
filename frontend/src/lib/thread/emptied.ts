import type { Thread } from '../api/types';

/** A thread that is no longer ours: whose it was stands in the address; nothing else of it is kept. */
export const emptied = (thread: Thread): Thread => ({
  ...thread,
  purpose: '',
  child_name: '',
  closed: null,
  summary: { confirmed: null, waiting: null },
  ball: null,
  deputy: null,
  standing: null,
  plan: { next: null, to_settle: 0 },
  people: [],
  invitations: [],
  drafts: [],
  may: []
});
