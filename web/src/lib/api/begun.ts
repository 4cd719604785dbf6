/** What the shell asked for while the pieces of the page travelled (`web/shell.ts`), by address. */
const { begun } = (globalThis as { preau?: { begun: Map<string, Promise<Response>> } }).preau ?? {};

/** Each of these answers serves once: a later request is a new one. */
export const fetchOnce: typeof fetch = (request, init) => {
  const under = typeof request === 'string' ? begun?.get(request) : undefined;
  if (!under) return fetch(request, init);
  begun?.delete(request as string);
  return under;
};
