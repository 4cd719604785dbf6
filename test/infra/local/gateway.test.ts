import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { forward, type Gateway, startGateway } from '../../../infra/local/gateway.ts';
import { freePort } from '../../../infra/local/ports.ts';

const upstreams = {
  emulator: 'http://127.0.0.1:4566',
  apiId: 'abcd1234',
  distribution: 'd1.cloudfront.net',
  originHeaders: { 'x-origin': 'secret' },
};
const request = (url: string, headers: IncomingHttpHeaders = {}) => forward({ url, headers, viewer: '127.0.0.1' }, upstreams);
const path = ({ target }: ReturnType<typeof request>) => (target as URL & { rawPath: string }).rawPath;

describe('where the gateway sends a request', () => {
  it('sends /api to the API with what only the CDN knows and the viewer’s address', () => {
    const sent = request('/api/teacher/attendance/day?date=2026-09-15', { host: 'localhost:8080', 'x-forwarded-for': '9.9.9.9' });
    expect(path(sent)).toBe('/_aws/execute-api/abcd1234/$default/api/teacher/attendance/day?date=2026-09-15');
    expect(sent.headers).toMatchObject({ 'x-origin': 'secret', 'x-forwarded-for': '9.9.9.9, 127.0.0.1', host: '127.0.0.1:4566' });
  });

  it('sends everything else to the distribution, without the secret', () => {
    const sent = request('/apiculture', { host: 'localhost:8080' });
    expect(path(sent)).toBe('/apiculture');
    expect(sent.headers).toEqual({ host: 'd1.cloudfront.net', 'x-forwarded-proto': 'https' });
  });

  it('does not let a viewer forge the CDN’s header', () => {
    expect(request('/api/public/session', { 'x-origin': 'forged' }).headers['x-origin']).toBe('secret');
  });

  it('keeps the path as it came, and what belongs to a connection to itself', () => {
    const sent = request('/api/../x%2f..%00', { connection: 'keep-alive', 'transfer-encoding': 'chunked', accept: '*/*' });
    expect(path(sent)).toBe('/_aws/execute-api/abcd1234/$default/api/../x%2f..%00');
    expect(Object.keys(sent.headers)).not.toEqual(expect.arrayContaining(['connection']));
    expect(sent.headers.accept).toBe('*/*');
  });
});

describe('the gateway', () => {
  let open: { upstream?: Server; gateway?: Gateway } = {};
  afterEach(async () => {
    await open.gateway?.close();
    open.upstream?.close();
    open = {};
  });

  it('carries bodies, statuses and several cookies both ways', async () => {
    const upstream = createServer((incoming, outgoing) => {
      outgoing.writeHead(201, { 'set-cookie': ['a=1', 'b=2'] });
      incoming.pipe(outgoing);
    });
    open.upstream = upstream;
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    const port = await freePort();
    open.gateway = await startGateway(port, { ...upstreams, emulator: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}` });
    const body = 'é'.repeat(100_000);
    const answer = await fetch(`http://127.0.0.1:${port}/api/x`, { method: 'POST', body });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([201, ['a=1', 'b=2']]);
    expect(await answer.text()).toBe(body);
  });

  it('says in one line that the emulator is gone', async () => {
    const port = await freePort();
    open.gateway = await startGateway(port, { ...upstreams, emulator: `http://127.0.0.1:${await freePort()}` });
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect([answer.status, await answer.text()]).toEqual([502, 'The local AWS emulator does not answer.\n']);
  });
});
