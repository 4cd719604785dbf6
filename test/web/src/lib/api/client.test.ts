import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { addressOf, createClient, type Tokens } from '#lib/api/client.ts';
import { ApiFailure } from '#lib/api/failure.ts';
import { defineRoute, isSelf, teachesAt } from '#shared/kernel/index.ts';

const saveNote = defineRoute({
  name: 'toys.save-note',
  method: 'PUT',
  path: '/schools/{uai}/notes/{noteId}',
  rights: { teacher: teachesAt },
  params: { uai: z.string(), noteId: z.string() },
  body: z.strictObject({ words: z.string() }),
  answer: z.object({ saved: z.boolean() }),
  idempotent: true,
  summary: 'A toy.',
  example: { answer: { saved: true } },
});
const readMine = defineRoute({
  name: 'toys.read-mine',
  method: 'GET',
  path: '/mine',
  rights: { teacher: isSelf, guardian: isSelf },
  params: {},
  query: { day: z.string().optional(), group: z.array(z.string()).optional() },
  answer: z.object({ mine: z.number() }),
  summary: 'A toy.',
  example: { answer: { mine: 1 } },
});
const knock = defineRoute({
  name: 'toys.knock',
  method: 'POST',
  path: '/{door}/knock',
  rights: 'public',
  params: { door: z.string() },
  answer: z.object({ open: z.boolean() }),
  summary: 'A toy.',
  example: { answer: { open: true } },
});

interface Heard {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Headers;
  readonly body: unknown;
}

function browser({
  answer = () => Response.json({ mine: 1 }),
  refresh = async () => ({ accessToken: 'renewed', expiresIn: 600 }),
  online = true,
}: {
  answer?: (heard: Heard, count: number) => Response | Promise<Response>;
  refresh?: (count: number) => Promise<Tokens>;
  online?: boolean;
} = {}) {
  const heard: Heard[] = [];
  const ended: string[] = [];
  let clock = 1_000_000;
  let refreshes = 0;
  const client = createClient({
    fetch: async (url, init) => {
      const one = { url: String(url), method: init?.method, headers: new Headers(init?.headers), body: init?.body };
      heard.push(one);
      return answer(one, heard.length);
    },
    now: () => clock,
    newKey: () => `key-${heard.length + 1}`,
    isOnline: () => online,
    refresh: () => refresh(++refreshes),
  });
  client.onEnd((door) => ended.push(door));
  return {
    client,
    heard,
    ended,
    refreshes: () => refreshes,
    pass: (seconds: number) => {
      clock += seconds * 1000;
    },
  };
}

const bearers = (heard: readonly Heard[]) => heard.map(({ headers }) => headers.get('authorization'));

describe('an address', () => {
  it('is the door, the context and the path with its parameters encoded', () => {
    expect(addressOf(saveNote, 'teacher', { uai: '0991234X', noteId: 'a/b' })).toBe('/api/teacher/toys/schools/0991234X/notes/a%2Fb');
  });
  it('repeats a list and leaves out what is undefined', () => {
    expect(addressOf(readMine, 'guardian', {}, { day: undefined, group: ['a', 'b'] })).toBe('/api/guardian/toys/mine?group=a&group=b');
  });
});

describe('a call', () => {
  it('carries the token, the body and a key of its own when the route is idempotent', async () => {
    const { client, heard } = browser({ answer: () => Response.json({ saved: true }) });
    client.hold('teacher', { accessToken: 'held', expiresIn: 600 });
    const answer = await client.call(saveNote, 'teacher', { params: { uai: '0991234X', noteId: 'n1' }, body: { words: 'oui' } });
    expect(answer.saved).toBe(true);
    expect(heard[0]?.headers.get('authorization')).toBe('Bearer held');
    expect(heard[0]?.headers.get('idempotency-key')).toBe('key-1');
    expect(heard[0]?.body).toBe('{"words":"oui"}');
  });
  it('keeps the key of a gesture that is sent again', async () => {
    const { client, heard } = browser({ answer: () => Response.json({ saved: true }) });
    client.hold('teacher', { accessToken: 'held', expiresIn: 600 });
    await client.call(saveNote, 'teacher', { params: { uai: 'u', noteId: 'n' }, body: { words: '' }, idempotencyKey: 'mine' });
    expect(heard[0]?.headers.get('idempotency-key')).toBe('mine');
  });
  it('asks for no token at a public route', async () => {
    const { client, heard, refreshes } = browser({ answer: () => Response.json({ open: true }) });
    await client.call(knock, 'public', { params: { door: 'teacher' } });
    expect(heard[0]?.url).toBe('/api/public/toys/teacher/knock');
    expect(heard[0]?.headers.has('authorization')).toBe(false);
    expect(refreshes()).toBe(0);
  });
  it('hands over the answer whole where its headers count', async () => {
    const { client, heard } = browser({ answer: () => new Response('%PDF', { headers: { link: '<?part=1>; rel="next"' } }) });
    client.hold('teacher', { accessToken: 'held', expiresIn: 600 });
    const answer = await client.receive(readMine, 'teacher');
    expect(answer.headers.get('link')).toBe('<?part=1>; rel="next"');
    expect(await answer.text()).toBe('%PDF');
    expect(bearers(heard)).toEqual(['Bearer held']);
  });
  it('does not compile at a door that has no right there', () => {
    const { client } = browser();
    // @ts-expect-error A pupil has no right on this route.
    const wrongDoor = () => client.call(readMine, 'pupil');
    // @ts-expect-error The parameters are missing.
    const incomplete = () => client.call(saveNote, 'teacher', { body: { words: '' } });
    expect([wrongDoor, incomplete]).toHaveLength(2);
  });
});

describe('the access token', () => {
  it('is renewed once for ten calls that need one at the same time', async () => {
    const { client, heard, refreshes } = browser();
    await Promise.all(Array.from({ length: 10 }, () => client.call(readMine, 'teacher')));
    expect(refreshes()).toBe(1);
    expect(bearers(heard)).toEqual(Array(10).fill('Bearer renewed'));
  });
  it('is renewed before it ends, not while it is fresh', async () => {
    const { client, refreshes, pass } = browser();
    client.hold('teacher', { accessToken: 'held', expiresIn: 600 });
    await client.call(readMine, 'teacher');
    expect(refreshes()).toBe(0);
    pass(580);
    await client.call(readMine, 'teacher');
    expect(refreshes()).toBe(1);
  });
  it('is renewed and the call sent again when the API refuses it', async () => {
    const { client, heard, ended } = browser({
      answer: ({ headers }) =>
        headers.get('authorization') === 'Bearer renewed'
          ? Response.json({ mine: 2 })
          : Response.json({ code: 'request.unauthenticated' }, { status: 401 }),
    });
    client.hold('teacher', { accessToken: 'revoked', expiresIn: 600 });
    expect(await client.call(readMine, 'teacher')).toEqual({ mine: 2 });
    expect(bearers(heard)).toEqual(['Bearer revoked', 'Bearer renewed']);
    expect(ended).toEqual([]);
  });
  it('is not blamed for a refusal of the use case itself', async () => {
    const { client, heard, ended, refreshes } = browser({
      answer: () => Response.json({ code: 'session.refused' }, { status: 401 }),
    });
    client.hold('teacher', { accessToken: 'held', expiresIn: 600 });
    await expect(client.call(readMine, 'teacher')).rejects.toMatchObject({ code: 'session.refused', status: 401 });
    expect([heard.length, refreshes(), ended.length]).toEqual([1, 0, 0]);
  });
  it('is renewed when the gateway refuses it in its own words, and the session ends when that does not help', async () => {
    const { client, heard, ended } = browser({ answer: () => Response.json({ message: 'Unauthorized' }, { status: 401 }) });
    client.hold('teacher', { accessToken: 'held', expiresIn: 600 });
    await expect(client.call(readMine, 'teacher')).rejects.toMatchObject({ code: 'session.ended' });
    expect([heard.length, ended]).toEqual([2, ['teacher']]);
  });
  it('belongs to one door', async () => {
    const { client, heard, refreshes } = browser();
    client.hold('teacher', { accessToken: 'held', expiresIn: 600 });
    await client.call(readMine, 'guardian');
    expect(refreshes()).toBe(1);
    expect(bearers(heard)).toEqual(['Bearer renewed']);
  });
  it('ends the session when the door refuses to renew it', async () => {
    const { client, ended } = browser({ refresh: () => Promise.reject(new ApiFailure('session.ended', 401)) });
    await expect(client.call(readMine, 'teacher')).rejects.toMatchObject({ code: 'session.ended' });
    expect(ended).toEqual(['teacher']);
    expect(await client.revive('teacher')).toBe(false);
  });
  it('keeps the session when only the network failed', async () => {
    const { client, ended } = browser({
      refresh: async (count) => {
        if (count === 1) throw new ApiFailure('network.offline');
        return { accessToken: 'renewed', expiresIn: 600 };
      },
    });
    await expect(client.call(readMine, 'teacher')).rejects.toMatchObject({ code: 'network.offline' });
    expect(ended).toEqual([]);
    expect(await client.call(readMine, 'teacher')).toEqual({ mine: 1 });
  });
});

describe('a failure', () => {
  const failing = async (answer: () => Response | Promise<Response>, online = true): Promise<ApiFailure> => {
    const { client } = browser({ answer, online });
    const failure = await client.call(knock, 'public', { params: { door: 'x' } }).catch((error: unknown) => error);
    if (!(failure instanceof ApiFailure)) throw new Error('it did not fail');
    return failure;
  };
  it('keeps the code and the facts of the API', async () => {
    const failure = await failing(() => Response.json({ code: 'toys.locked', details: { until: 3 } }, { status: 409 }));
    expect(failure).toMatchObject({ code: 'toys.locked', status: 409, details: { until: 3 } });
    expect(failure.passing).toBe(false);
  });
  it('tells no network from no answer', async () => {
    const gone = () => Promise.reject(new TypeError('fetch failed'));
    expect((await failing(gone, false)).code).toBe('network.offline');
    expect((await failing(gone, true)).code).toBe('network.unreachable');
  });
  it('takes a page of somebody else for no answer', async () => {
    expect((await failing(() => new Response('<html>', { status: 200 }))).code).toBe('network.unreachable');
    expect((await failing(() => new Response('<html>', { status: 502 }))).passing).toBe(true);
  });
});
