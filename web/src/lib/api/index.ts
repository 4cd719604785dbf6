import { refresh } from '#shared/session/routes.ts';
import { fetchOnce } from './begun.ts';
import { createClient } from './client.ts';

export { ApiFailure, asApiFailure } from './failure.ts';

/** The one client of the site. */
export const client = createClient({
  fetch: fetchOnce,
  now: () => Date.now(),
  newKey: () => crypto.randomUUID(),
  isOnline: () => navigator.onLine,
  refresh: (door, { call }) => call(refresh, 'public', { params: { door } }),
});

export const { call, download, receive } = client;
