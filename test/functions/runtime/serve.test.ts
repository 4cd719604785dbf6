import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { HttpEvent } from '../../../functions/runtime/http.ts';
import { serve, serveLate } from '../../../functions/runtime/serve.ts';
import {
  type AccessCard,
  belongsTo,
  defineRoute,
  Failure,
  guards,
  type Input,
  isSelf,
  PersonId,
  Reply,
  runsSchoolLife,
  Uai,
  worksAt,
} from '../../../shared/kernel/index.ts';
import { basePorts } from '../../doubles/index.ts';
import { invoked, readLine } from './invoked.ts';

const school = { uai: Uai };
const routes = {
  readBook: defineRoute({
    name: 'library.read-book',
    method: 'GET',
    path: '/schools/{uai}/books',
    rights: { teacher: belongsTo, staff: worksAt },
    params: school,
    query: { size: z.coerce.number().int().optional() },
    answer: z.object({ title: z.string() }),
    summary: 'A book',
    example: {},
  }),
  lendBook: defineRoute({
    name: 'library.lend-book',
    method: 'POST',
    path: '/schools/{uai}/loans',
    rights: { staff: runsSchoolLife },
    params: school,
    body: z.strictObject({ title: z.string().max(20), copies: z.int() }),
    answer: z.object({ key: z.string() }),
    idempotent: true,
    summary: 'Lend a book',
    example: {},
  }),
  readLoans: defineRoute({
    name: 'library.read-loans',
    method: 'GET',
    path: '/schools/{uai}/pupils/{pupilId}/loans',
    rights: { guardian: guards },
    params: { uai: Uai, pupilId: PersonId },
    summary: 'A child’s loans',
    example: {},
  }),
  readMine: defineRoute({
    name: 'library.read-mine',
    method: 'GET',
    path: '/mine',
    rights: { teacher: isSelf },
    params: {},
    answer: z.object({ address: z.string(), cookies: z.record(z.string(), z.string()), personId: z.string() }),
    summary: 'Mine',
    example: {},
  }),
  breakDown: defineRoute({
    name: 'library.break-down',
    method: 'POST',
    path: '/break/{how}',
    rights: 'public',
    params: { how: z.string() },
    summary: 'Breaks',
    example: {},
  }),
  signCard: defineRoute({
    name: 'library.sign-card',
    method: 'POST',
    path: '/card',
    rights: 'public',
    params: {},
    body: z.strictObject({ name: z.string() }),
    form: true,
    media: 'text/html',
    summary: 'A page without script',
    example: {},
  }),
};

const card = (over: Partial<AccessCard> = {}): AccessCard => ({
  personId: 'p_00000001',
  door: 'teacher',
  language: 'fr',
  schools: { '0750001A': { personId: 'p_00000001', groups: [], duties: [], children: [] } },
  oversees: [],
  frozen: false,
  ...over,
});

const entry = { routes, grants: [], loses: 'Nobody borrows.' } as const;

const library = (held: AccessCard | undefined = card()) => {
  const { line, lines, text } = readLine();
  const inputs: Input<typeof routes.lendBook>[] = [];
  const handler = serve(
    entry,
    {
      readBook: () => ({ title: 'Émile', secret: 'unsaid' }) as { title: string },
      lendBook: (input) => {
        inputs.push(input);
        return { key: input.idempotencyKey };
      },
      readLoans: () => undefined,
      readMine: ({ address, cookies, caller }) => ({ address, cookies, personId: caller.personId }),
      breakDown: ({ params: { how } }) => {
        if (how === 'conflict') throw new Failure('conflict', 'store.condition-failed', { index: 3 });
        if (how === 'refuse') throw new Failure('refused', 'library.closed', { until: '2026-09-16' });
        if (how === 'redirect') return new Reply<undefined>('', { status: 303, headers: { location: '/' }, cookies: ['a=1', 'b=2'] });
        throw new Error(`Martin Dupont has lost ${how}`);
      },
      signCard: ({ body }) => (body.name === 'pdf' ? new Reply(new Uint8Array([1, 2])) : new Reply('<p>Merci')) as never,
    },
    { card: async (personId) => (personId === 'p_00000001' ? held : undefined), ports: basePorts(), line },
  );
  const call = (method: string, path: string, over: Partial<HttpEvent> & { claims?: Record<string, unknown>; address?: string } = {}) => {
    const { claims = { username: 'p_00000001', iat: '1789459200', token_use: 'access' }, address = '10.0.0.1', ...rest } = over;
    return handler(
      {
        rawPath: path,
        headers: {},
        requestContext: {
          http: { method, sourceIp: address },
          ...(path.startsWith('/api/public') ? {} : { authorizer: { jwt: { claims } } }),
        },
        ...rest,
      },
      invoked(),
    );
  };
  return { call, lines, text, inputs };
};

const code = (answer: { body?: string }) => (JSON.parse(answer.body ?? '{}') as { code?: string }).code;
const json = (body: unknown, headers: Record<string, string> = {}) => ({
  headers: { 'content-type': 'application/json', 'idempotency-key': 'attempt-000000000001', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const onDuty = card({
  door: 'staff',
  schools: { '0750001A': { personId: 'p_00000001', groups: [], duties: ['school-life'], children: [] } },
});
const book = '/api/teacher/library/schools/0750001A/books';
const loans = '/api/staff/library/schools/0750001A/loans';

describe('who is let in', () => {
  it('answers a member of the school, and says only what the route promised', async () => {
    const answer = await library().call('GET', book);
    expect(answer).toMatchObject({ statusCode: 200, body: '{"title":"Émile"}' });
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-type': 'application/json',
    });
  });

  it.each([
    ['without a token', { claims: {} }],
    ['with an ID token', { claims: { username: 'p_00000001', iat: '1789459200', token_use: 'id' } }],
    ['with a token of a person without a card', { claims: { username: 'p_00000009', iat: '1789459200', token_use: 'access' } }],
  ])('refuses a caller %s', async (_, over) => {
    const answer = await library().call('GET', book, over);
    expect([answer.statusCode, code(answer)]).toEqual([401, 'request.unauthenticated']);
  });

  it.each([
    ['whose card is frozen', { frozen: true }],
    ['whose tokens were revoked after this one', { tokensNotBefore: '2026-09-15T08:00:00.001Z' }],
    ['whose card is for another door', { door: 'pupil' }],
  ] as const)('refuses a caller %s', async (_, over) => {
    expect((await library(card(over)).call('GET', book)).statusCode).toBe(401);
  });

  it('accepts a token issued when older ones were revoked', async () => {
    expect((await library(card({ tokensNotBefore: '2026-09-15T08:00:00.000Z' })).call('GET', book)).statusCode).toBe(200);
  });

  it('knows nothing of another school, of a door without rights, or of a malformed school', async () => {
    const { call } = library();
    for (const path of [
      book.replace('0750001A', '0750002B'),
      book.replace('teacher', 'pupil'),
      book.replace('teacher', 'public'),
      book.replace('0750001A', 'x'),
    ]) {
      const answer = await call('GET', path);
      expect([answer.statusCode, answer.body]).toEqual([404, '{"code":"request.not-found"}']);
    }
  });

  it('tells a colleague without the duty that this is not theirs to do, and lets one on duty do it', async () => {
    const body = json({ title: 'Émile', copies: 1 });
    const off = await library(card({ door: 'staff' })).call('POST', loans, body);
    expect([off.statusCode, code(off)]).toEqual([403, 'request.forbidden']);
    expect((await library(onDuty).call('POST', loans, body)).statusCode).toBe(200);
    const elsewhere = await library(onDuty).call('POST', loans.replace('0750001A', '0750002B'), body);
    expect(elsewhere.statusCode).toBe(404);
  });

  it('gives a guardian their own child and knows no other of the same school', async () => {
    const guardian = card({
      door: 'guardian',
      schools: { '0750001A': { personId: 'p_00000001', groups: [], duties: [], children: [{ pupilId: 'p_0000000c', level: 1 }] } },
    });
    const path = '/api/guardian/library/schools/0750001A/pupils/p_0000000c/loans';
    expect((await library(guardian).call('GET', path)).statusCode).toBe(204);
    expect((await library(guardian).call('GET', path.replace('000c', '000d'))).statusCode).toBe(404);
  });
});

describe('what is let in', () => {
  it('takes a body of the right shape, with its key', async () => {
    const { call, inputs } = library(onDuty);
    const answer = await call('POST', loans, json({ title: 'Émile', copies: 2 }));
    expect(JSON.parse(answer.body ?? '')).toEqual({ key: 'attempt-000000000001' });
    expect(inputs[0]).toMatchObject({ params: { uai: '0750001A' }, body: { title: 'Émile', copies: 2 }, query: {} });
  });

  it('reads a body that came in base64', async () => {
    const { call } = library(onDuty);
    const { headers, body } = json({ title: 'Émile', copies: 2 });
    expect((await call('POST', loans, { headers, body: Buffer.from(body).toString('base64'), isBase64Encoded: true })).statusCode).toBe(
      200,
    );
  });

  it('says where a body is wrong and repeats nothing of it', async () => {
    const answer = await library(onDuty).call(
      'POST',
      loans,
      json({ title: 'a secret about Martin Dupont', copies: 'x', 'Martin Dupont': 1 }),
    );
    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({
      code: 'request.invalid',
      details: { issues: [{ path: 'body.title' }, { path: 'body.copies' }, { path: 'body' }] },
    });
    expect(answer.body).not.toContain('Dupont');
  });

  it.each([
    ['no key', 400, 'request.idempotency-key-missing', { headers: { 'content-type': 'application/json' }, body: '{}' }],
    ['a bad key', 400, 'request.invalid', json({}, { 'idempotency-key': 'short' })],
    ['a duplicate member', 400, 'request.invalid', json('{"title":"a","copies":1,"copies":2}')],
    ['no body', 400, 'request.invalid', json('')],
    [
      'a form where none is expected',
      415,
      'request.unsupported-media',
      json('title=a', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    ['a body of no type', 415, 'request.unsupported-media', { headers: { 'idempotency-key': 'attempt-000000000001' }, body: '{}' }],
    ['too much', 413, 'request.too-large', json({ title: 'x'.repeat(300_000) })],
  ])('refuses %s', async (_, status, expected, over) => {
    const answer = await library(onDuty).call('POST', loans, over);
    expect([answer.statusCode, code(answer)]).toEqual([status, expected]);
  });

  it('reads the query, and refuses what it does not know', async () => {
    const { call } = library();
    expect((await call('GET', book, { rawQueryString: 'size=3' })).statusCode).toBe(200);
    for (const rawQueryString of ['size=x', 'other=1', 'size=1&size=2', 'size=%00']) {
      expect((await call('GET', book, { rawQueryString })).statusCode).toBe(400);
    }
  });

  it('refuses a body that no one asked for', async () => {
    expect((await library().call('GET', book, json({ a: 1 }))).statusCode).toBe(400);
  });

  it('reads cookies from either place', async () => {
    const { call } = library();
    const cookies = async (over: Partial<HttpEvent>) =>
      JSON.parse((await call('GET', '/api/teacher/library/mine', over)).body ?? '').cookies;
    expect(await cookies({ cookies: ['a=1', 'b=x=y'] })).toEqual({ a: '1', b: 'x=y' });
    expect(await cookies({ headers: { cookie: 'a=1; b=x=y' } })).toEqual({ a: '1', b: 'x=y' });
  });

  it('believes the viewer’s address only beside the CDN’s secret', async () => {
    const { call } = library();
    const address = async (headers: Record<string, string>) =>
      JSON.parse((await call('GET', '/api/teacher/library/mine', { headers })).body ?? '').address;
    const cdn = { 'x-preau-origin': 'only-the-cdn-knows' };
    expect(await address({ 'x-forwarded-for': '9.9.9.9' })).toBe('10.0.0.1');
    expect(await address({ 'x-forwarded-for': '9.9.9.9', 'x-preau-origin': 'a guess of this size' })).toBe('10.0.0.1');
    expect(await address({ ...cdn, 'x-forwarded-for': '1.1.1.1, 9.9.9.9' })).toBe('9.9.9.9');
    expect(await address({ ...cdn, 'x-forwarded-for': '1.1.1.1, 9.9.9.9, 10.0.0.1' })).toBe('9.9.9.9');
    expect(await address({ ...cdn, 'cloudfront-viewer-address': '2001:db8::1:443' })).toBe('2001:db8::1');
    expect(await address(cdn)).toBe('10.0.0.1');
  });
});

describe('what goes out', () => {
  const broken = (how: string) => `/api/public/library/break/${how}`;

  it('gives a refusal its status, code and facts', async () => {
    const answer = await library().call('POST', broken('refuse'));
    expect([answer.statusCode, answer.body]).toEqual([422, '{"code":"library.closed","details":{"until":"2026-09-16"}}']);
  });

  it('calls a condition that did not hold a conflict', async () => {
    expect(await library().call('POST', broken('conflict'))).toMatchObject({ statusCode: 409, body: '{"code":"request.conflict"}' });
  });

  it('says and logs nothing of an unforeseen error but where it was', async () => {
    const { call, lines, text } = library();
    expect(await call('POST', broken('everything'))).toMatchObject({ statusCode: 500, body: '{"code":"request.failed"}' });
    expect(text()).not.toContain('Dupont');
    expect(lines()[0]).toMatchObject({ level: 'warn', code: 'request.failed', route: 'library.break-down', fault: 'Error' });
  });

  it('sets cookies and redirects', async () => {
    expect(await library().call('POST', broken('redirect'))).toMatchObject({
      statusCode: 303,
      cookies: ['a=1', 'b=2'],
      headers: { location: '/' },
    });
  });

  it('answers a form with a page under a strict policy, a file in base64, and a refusal in words', async () => {
    const { call } = library();
    const post = (body: string) =>
      call('POST', '/api/public/library/card', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
    const page = await post('name=x');
    expect(page).toMatchObject({ statusCode: 200, body: '<p>Merci', headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(await post('name=pdf')).toMatchObject({ body: 'AQI=', isBase64Encoded: true });
    const parts = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n--b--\r\n`;
    const posted = (name: string, body = parts(name)) =>
      call('POST', '/api/public/library/card', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body });
    expect(await posted('name')).toMatchObject({ statusCode: 200, body: '<p>Merci' });
    expect((await posted('nom')).statusCode).toBe(400);
    expect((await posted('name', 'name=x')).statusCode).toBe(400);
    const refused = await post('nom=x');
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
  });

  it('writes one line for a request', async () => {
    const { call, lines } = library();
    await call('GET', book);
    expect(lines()).toEqual([
      expect.objectContaining({ code: 'library.api', id: 'request-1', notes: { 'library.read-book': { status: 200, door: 'teacher' } } }),
    ]);
  });
});

it('refuses to start with a route that nothing serves', () => {
  expect(() => serve(entry, {} as never, { ports: basePorts(), line: readLine().line })).toThrow('no use case');
});

describe('a route that is loaded late', () => {
  const late = () => {
    const loaded: string[] = [];
    const piece = (name: keyof typeof routes) => ({
      ...routes[name],
      doors: Object.keys(routes[name].rights),
      load: () => {
        loaded.push(name);
        return Promise.resolve({ route: routes[name], act: () => ({ title: 'Émile' }) });
      },
    });
    const handler = serveLate(
      () => [],
      { readBook: piece('readBook'), lendBook: piece('lendBook') },
      { card: async () => card(), ports: basePorts(), line: readLine().line },
    );
    const call = (path: string) =>
      handler(
        {
          rawPath: path,
          headers: {},
          requestContext: {
            http: { method: 'GET', sourceIp: '10.0.0.1' },
            authorizer: { jwt: { claims: { username: 'p_00000001', iat: '1789459200', token_use: 'access' } } },
          },
        },
        invoked(),
      );
    return { call, loaded };
  };

  it('comes with the first request for it, once, and without its neighbours', async () => {
    const { call, loaded } = late();
    expect(loaded).toEqual([]);
    expect((await call(book)).statusCode).toBe(200);
    expect((await call(book)).statusCode).toBe(200);
    expect(loaded).toEqual(['readBook']);
  });

  it('is not loaded for a door that has no rights to it', async () => {
    const { call, loaded } = late();
    expect((await call(book.replace('teacher', 'pupil'))).statusCode).toBe(404);
    expect(loaded).toEqual([]);
  });
});
