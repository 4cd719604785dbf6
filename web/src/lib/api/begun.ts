interface Shell {
  /** What it asked for while the pieces of the page travelled, by address. */
  readonly begun: Map<string, Promise<Response>>;
  /** Asks for the scripts of the page at an address. */
  readonly prepare: (pathname: string) => void;
}

/** What the shell began (`web/shell.ts`). */
const { begun, prepare: prepareInShell } = (globalThis as { preau?: Shell }).preau ?? {};

export const prepare = (pathname: string): void => prepareInShell?.(pathname);

/** Each of these answers serves once: a later request is a new one. */
export const fetchOnce: typeof fetch = (request, init) => {
  const under = typeof request === 'string' ? begun?.get(request) : undefined;
  if (!under) return fetch(request, init);
  begun?.delete(request as string);
  return under;
};
