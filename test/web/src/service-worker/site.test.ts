import { afterEach, describe, expect, it, vi } from 'vitest';
import { type SiteHost, serveSite, type Wanted } from '../../../../web/src/service-worker/site.ts';

const SITE = 'https://ent.example.fr';
const PIECE = '/_app/immutable/nodes/5.abc.js';
const NEXT = '/_app/immutable/nodes/5.def.js';
const FONT = '/_app/immutable/assets/figtree.woff2';
const shellNaming = (...names: string[]) => `<script>${JSON.stringify(names)}</script>`;
const FIRST = shellNaming('nodes/5.abc.js');
const SECOND = shellNaming('nodes/5.def.js');

/** A worker of this site, its network and its cache. */
const worker = () => {
  const network = new Map<string, () => Promise<Response>>();
  const asked: string[] = [];
  const kept = new Map<string, Response>();
  const hrefOf = (request: Request | string) => new URL(typeof request === 'string' ? request : request.url, SITE).href;
  const fetch = async (request: Request | string) => {
    const path = hrefOf(request).slice(SITE.length);
    asked.push(path);
    const answer = network.get(path);
    if (!answer) throw new TypeError('no network');
    return answer();
  };
  const cache = {
    match: async (request: Request | string) => kept.get(hrefOf(request))?.clone(),
    put: async (request: Request | string, answer: Response) => {
      kept.delete(hrefOf(request));
      kept.set(hrefOf(request), answer);
    },
    add: async (address: string) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new TypeError('not there');
      kept.set(hrefOf(address), answer);
    },
    keys: async () => [...kept.keys()].map((url) => ({ url })),
    delete: async (request: string) => kept.delete(hrefOf(request)),
  };
  const heard = new Map<string, (event: never) => void>();
  const done: string[] = [];
  serveSite({
    location: { origin: SITE },
    caches: { open: async () => cache },
    registration: { navigationPreload: { enable: async () => void done.push('preload') } },
    clients: { claim: async () => void done.push('claim') },
    fetch,
    skipWaiting: async () => void done.push('skip'),
    addEventListener: (type: string, listener: (event: never) => void) => void heard.set(type, listener),
  } as unknown as SiteHost);
  const fire = async (type: string, event: object = {}) => {
    const waits: Promise<unknown>[] = [];
    heard.get(type)?.({ ...event, waitUntil: (one: Promise<unknown>) => void waits.push(one) } as never);
    await Promise.all(waits);
  };
  const put = (path: string, body: string, status = 200) => network.set(path, async () => new Response(body, { status }));
  return {
    network,
    put,
    asked,
    done,
    paths: () => [...kept.keys()].map((url) => url.slice(SITE.length)).sort(),
    fire,
    keep: (keep: Partial<Wanted>) => fire('message', { data: { keep: { door: 'responsable', pieces: [], loaded: [], ...keep } } }),
    /** What the worker answers; nothing when it leaves the request alone. */
    answered: async (path: string, { mode = 'cors', method = 'GET', from = SITE } = {}): Promise<string | undefined> => {
      let answer: Promise<Response> | undefined;
      const waits: Promise<unknown>[] = [];
      heard.get('fetch')?.({
        request: { url: from + path, mode, method },
        preloadResponse: Promise.resolve(undefined),
        respondWith: (one: Promise<Response>) => {
          answer = one;
        },
        waitUntil: (one: Promise<unknown>) => void waits.push(one),
      } as never);
      const said = await (await answer)?.text();
      await Promise.all(waits);
      return said;
    },
  };
};
const STANDING = ['/mark.svg', '/icon-192.png', '/manifest.webmanifest'];

/** A site put up whole, its first page shown and kept. */
const keptWorker = async () => {
  const one = worker();
  for (const path of STANDING) one.put(path, path);
  one.put('/index.html', FIRST);
  one.put(PIECE, 'piece');
  one.put(FONT, 'font');
  await one.keep({ pieces: [PIECE], loaded: [FONT] });
  return one;
};
const navigate = { mode: 'navigate' };

afterEach(() => vi.useRealTimers());

describe('a page', () => {
  it('opens without a network once it was shown, with all it is made of', async () => {
    const { network, answered } = await keptWorker();
    network.clear();
    expect(await answered('/responsable/enfants/0359901X/p_1', navigate)).toBe(FIRST);
    expect(await answered(PIECE)).toBe('piece');
    expect(await answered(FONT)).toBe('font');
    expect(await answered('/mark.svg')).toBe('/mark.svg');
  });

  it('is the new one as soon as there is one', async () => {
    const { put, answered } = await keptWorker();
    put('/responsable', SECOND);
    expect(await answered('/responsable', navigate)).toBe(SECOND);
  });

  it('is the kept one when the site does not answer, or answers that it cannot', async () => {
    const { put, answered } = await keptWorker();
    put('/responsable', 'down', 503);
    expect(await answered('/responsable', navigate)).toBe(FIRST);
  });

  it('is the kept one when the network says nothing for long', async () => {
    const { network, answered } = await keptWorker();
    vi.useFakeTimers();
    network.set('/responsable', async () => {
      await new Promise((later) => setTimeout(later, 60_000));
      return new Response(SECOND);
    });
    const opened = answered('/responsable', navigate);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await opened).toBe(FIRST);
  });

  it('that was never shown here fails as it does without a worker', async () => {
    await expect(worker().answered('/responsable', navigate)).rejects.toThrow('no network');
  });

  it('outside a door is begun by the last shell kept', async () => {
    const { network, answered } = await keptWorker();
    network.clear();
    expect(await answered('/', navigate)).toBe(FIRST);
  });
});

describe('a piece', () => {
  it('is asked for once, ever', async () => {
    const { put, asked, answered } = worker();
    put(PIECE, 'piece');
    expect(await answered(PIECE)).toBe('piece');
    expect(await answered(PIECE)).toBe('piece');
    expect(asked).toEqual([PIECE]);
  });

  it('that is not there is not kept as missing', async () => {
    const { put, answered, paths } = worker();
    put(PIECE, 'gone', 404);
    expect(await answered(PIECE)).toBe('gone');
    expect(paths()).toEqual([]);
  });
});

describe('what is left alone', () => {
  it.each([
    ['an answer of the API', '/api/guardian/directory/me', {}],
    ['a page that the API answers', '/api/public/attendance/answers/1', navigate],
    ['what is sent', '/responsable', { mode: 'navigate', method: 'POST' }],
    ['another site', PIECE, { from: 'https://elsewhere.example' }],
    ['a file that is no page', '/letters.pdf', navigate],
  ])('%s', async (_, path, options) => {
    const { put, answered, asked, paths } = await keptWorker();
    const before = paths();
    put(path, 'private');
    asked.length = 0;
    expect(await answered(path, options)).toBeUndefined();
    expect(asked).toEqual([]);
    expect(paths()).toEqual(before);
  });
});

describe('a new version', () => {
  it('takes the place of the one before, and a page of another door keeps its own', async () => {
    const one = await keptWorker();
    await one.keep({ door: 'eleve', pieces: [PIECE] });
    one.put('/index.html', SECOND);
    one.put(NEXT, 'next');
    await one.keep({ pieces: [NEXT] });
    one.network.clear();
    expect(await one.answered('/responsable', navigate)).toBe(SECOND);
    expect(await one.answered(NEXT)).toBe('next');
    expect(await one.answered('/eleve', navigate)).toBe(FIRST);
    expect(await one.answered(PIECE)).toBe('piece');
    // The font was of the version before, and no page asks for it now.
    expect(one.paths()).not.toContain(FONT);
  });

  it('leaves nothing of the one before once no door needs it', async () => {
    const one = await keptWorker();
    one.put('/index.html', SECOND);
    one.put(NEXT, 'next');
    await one.keep({ pieces: [NEXT], loaded: [FONT] });
    expect(one.paths()).toEqual([NEXT, FONT, '/index.html?responsable', ...STANDING].sort());
  });

  it('is not mixed with a page that was open before it', async () => {
    const one = await keptWorker();
    one.put('/index.html', SECOND);
    const before = one.paths();
    await one.keep({ pieces: [PIECE] });
    expect(one.paths()).toEqual(before);
    one.network.clear();
    expect(await one.answered('/responsable', navigate)).toBe(FIRST);
  });

  it('that arrives by half changes nothing', async () => {
    const one = await keptWorker();
    one.put('/index.html', SECOND);
    await one.keep({ pieces: [NEXT] });
    one.network.clear();
    expect(await one.answered('/responsable', navigate)).toBe(FIRST);
  });
});

describe('a worker', () => {
  it('waits for no other, and serves the pages that are open', async () => {
    const { fire, done } = worker();
    await fire('install');
    await fire('activate');
    expect(done.sort()).toEqual(['claim', 'preload', 'skip']);
  });

  it.each([undefined, 'keep', { keep: 7 }, { keep: { door: 1, pieces: [], loaded: [] } }])('heeds no other message: %s', async (data) => {
    const { fire, asked } = await keptWorker();
    asked.length = 0;
    await fire('message', { data });
    expect(asked).toEqual([]);
  });
});
