import type { HandleClientError } from '@sveltejs/kit';

/** An address that is no screen is not a fault of ours; anything else unexpected is, and says so in the console. */
export const handleError: HandleClientError = ({ error, status }) => {
  const code = status === 404 ? 'not_found' : 'internal';
  if (code === 'internal') console.error(error);
  return { message: code, code };
};
