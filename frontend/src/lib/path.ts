/** Where a thread is read. */
export const threadPath = (place: { case: string; thread: string }) => `/cases/${place.case}/threads/${place.thread}`;
