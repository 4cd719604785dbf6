/** What a page says once it is shown, by the word of its door: the pieces that the door’s pages are made of, and what else it has loaded. */
export interface Wanted {
  readonly door: string;
  /** Addresses that the shell of this very site names. */
  readonly pieces: readonly string[];
  /** Fonts, and what came when it was first asked for. */
  readonly loaded: readonly string[];
}

interface Extended {
  waitUntil(done: Promise<unknown>): void;
}

interface Fetched extends Extended {
  readonly request: Request;
  /** The browser’s own request for a page, begun while the worker woke up. */
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

/** The part of a service worker that opening a page without a network needs. */
export interface SiteHost {
  readonly location: { readonly origin: string };
  readonly caches: Pick<CacheStorage, 'open'>;
  readonly registration: { readonly navigationPreload?: { enable(): Promise<void> } };
  readonly clients: { claim(): Promise<void> };
  fetch(request: Request | string, init?: RequestInit): Promise<Response>;
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Extended) => void): void;
  addEventListener(type: 'message', listener: (event: Extended & { readonly data: unknown }) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void;
}

const CACHE = 'preau-site';
const SHELL = '/index.html';
/** What a page asks for beside its pieces. */
const STANDING = ['/mark.svg', '/icon-192.png', '/manifest.webmanifest'];
/** Longer than this, a network that says nothing is none. */
const PATIENCE_MS = 4_000;

const PIECE = /^\/_app\/immutable\/(?:[a-z]{2}\/)?(.+)$/;
const isAnyPage = (path: string) => !path.slice(path.lastIndexOf('/') + 1).includes('.');
const doorIn = (path: string) => path.split('/')[1] ?? '';
/** Each door keeps the shell of the version its pieces are of. */
const shellOf = (door: string) => `${SHELL}?${door}`;
const isShell = (address: string) => new URL(address).pathname === SHELL;

const wantedIn = (said: unknown): Wanted | undefined => {
  const { keep } = (said ?? {}) as { keep?: Wanted };
  return keep && Array.isArray(keep.pieces) && Array.isArray(keep.loaded) && typeof keep.door === 'string' ? keep : undefined;
};

/**
 * Pages and their pieces, for when there is no network. A page is always asked for first, so that a new version of the site is what the next
 * page opened is made of; a piece never changes under its name. Nothing that the API answers is kept: it is about people.
 */
export function serveSite(host: SiteHost): void {
  const { origin } = host.location;
  const opened = () => host.caches.open(CACHE);
  const held = (cache: Cache, address: string) => cache.match(address, { ignoreVary: true });

  /** The shell kept for a door; where there is no door, the last one kept. */
  const keptShell = async (door: string): Promise<Response | undefined> => {
    const cache = await opened();
    const own = await held(cache, shellOf(door));
    if (own) return own;
    const last = (await cache.keys()).filter(({ url }) => isShell(url)).at(-1);
    return last && held(cache, last.url);
  };

  const page = async (event: Fetched, door: string): Promise<Response> => {
    const fresh = event.preloadResponse.then((begun) => begun ?? host.fetch(event.request));
    event.waitUntil(fresh.catch(() => {}));
    const kept = await keptShell(door);
    if (!kept) return fresh;
    const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
    return Promise.race([fresh.then((answer) => (answer.status < 500 ? answer : kept)), late]).catch(() => kept);
  };

  const piece = async (event: Fetched): Promise<Response> => {
    const cache = await opened();
    const kept = await held(cache, event.request.url);
    if (kept) return kept;
    const answer = await host.fetch(event.request);
    if (answer.ok) event.waitUntil(cache.put(event.request, answer.clone()));
    return answer;
  };

  const standing = async ({ request }: Fetched): Promise<Response> =>
    host.fetch(request).catch(async (error: unknown) => {
      const kept = await held(await opened(), request.url);
      if (kept) return kept;
      throw error;
    });

  const keep = async ({ door, pieces, loaded }: Wanted): Promise<void> => {
    const shell = await host.fetch(SHELL, { cache: 'no-cache' });
    if (!shell.ok) return;
    const text = await shell.clone().text();
    const nameOf = (address: string) => PIECE.exec(new URL(address, origin).pathname)?.[1];
    const names = (shellText: string, address: string) => {
      const name = nameOf(address);
      return name !== undefined && shellText.includes(name);
    };
    // A newer site was put up since this page was opened: its next page says what that one is made of.
    if (!pieces.every((address) => names(text, address))) return;
    const cache = await opened();
    const all = [...new Set([...pieces, ...loaded.filter((address) => nameOf(address) !== undefined), ...STANDING])];
    await Promise.all(all.map(async (address) => (await held(cache, address)) ?? cache.add(address)));
    const before = await (await held(cache, shellOf(door)))?.text();
    await cache.put(shellOf(door), shell);
    if (before === undefined || before === text) return;
    // What no kept shell names any more, and no page asks for, is of a version before.
    const kept = await cache.keys();
    const shells = await Promise.all(kept.filter(({ url }) => isShell(url)).map(async ({ url }) => (await held(cache, url))?.text() ?? ''));
    const wanted = new Set(all.map((address) => new URL(address, origin).href));
    for (const { url } of kept) if (!isShell(url) && !wanted.has(url) && !shells.some((one) => names(one, url))) await cache.delete(url);
  };

  // Whatever its version, it does the same for every page: there is nothing to wait for.
  host.addEventListener('install', (event) => event.waitUntil(host.skipWaiting()));
  host.addEventListener('activate', (event) =>
    event.waitUntil(Promise.all([host.clients.claim(), host.registration.navigationPreload?.enable()])),
  );
  host.addEventListener('message', (event) => {
    const wanted = wantedIn(event.data);
    // Without a network, or with half an answer, what is kept already stays.
    if (wanted) event.waitUntil(keep(wanted).catch(() => {}));
  });
  host.addEventListener('fetch', (event) => {
    const { method, mode, url } = event.request;
    const { origin: from, pathname } = new URL(url);
    if (method !== 'GET' || from !== origin || pathname.startsWith('/api/')) return;
    if (PIECE.test(pathname)) event.respondWith(piece(event));
    else if (STANDING.includes(pathname)) event.respondWith(standing(event));
    else if (mode === 'navigate' && isAnyPage(pathname)) event.respondWith(page(event, doorIn(pathname)));
  });
}
