import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Upstreams {
  readonly emulator: string;
  readonly apiId: string;
  /** `d….cloudfront.net`: the emulator tells distributions apart by Host. */
  readonly distribution: string;
  /** What the CDN adds on the way to the API, so that the API believes the viewer's address. */
  readonly originHeaders: Readonly<Record<string, string>>;
  /** Where pages come from while they are being worked on: a development server instead of the CDN. */
  readonly pages?: string;
}

/** Of one connection, not of the message (RFC 9110 §7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** TLS ends before the CDN, which otherwise redirects to it; a browser trusts plain localhost as much. */
const SECURE = { 'x-forwarded-proto': 'https' } as const;

const withoutHops = (headers: IncomingHttpHeaders): IncomingHttpHeaders => {
  const kept = { ...headers };
  for (const name of HOP_BY_HOP) delete kept[name];
  return kept;
};

/** Where a request goes and with which headers: the two behaviours of the CDN, and what it does to each. */
export function forward(
  { url = '/', headers, viewer }: { url?: string; headers: IncomingHttpHeaders; viewer: string },
  { emulator, apiId, distribution, originHeaders, pages }: Upstreams,
): { target: URL; headers: IncomingHttpHeaders } {
  const kept = withoutHops(headers);
  if (url === '/api' || url.startsWith('/api/') || url.startsWith('/api?')) {
    const target = new URL(emulator);
    const chain = [headers['x-forwarded-for'], viewer].filter(Boolean).join(', ');
    // The path goes on as it came: a URL object would resolve `..` and hide from the API what the viewer sent.
    return {
      target: Object.assign(target, { rawPath: `/_aws/execute-api/${apiId}/$default${url}` }),
      headers: { ...kept, ...originHeaders, host: target.host, 'x-forwarded-for': chain, ...SECURE },
    };
  }
  const target = new URL(pages ?? emulator);
  return { target: Object.assign(target, { rawPath: url }), headers: { ...kept, host: pages ? target.host : distribution, ...SECURE } };
}

export interface Gateway {
  readonly server: Server;
  /** When the last request that may have written something was answered. */
  lastWrite(): number;
  close(): Promise<void>;
}

/** The site on one port: `/api` to the emulated API, the rest to the emulated CDN, as CloudFront does in front of both. */
export function startGateway(port: number, upstreams: Upstreams): Promise<Gateway> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let lastWrite = 0;
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { target, headers } = forward(
      { url: incoming.url ?? '/', headers: incoming.headers, viewer: incoming.socket.remoteAddress ?? '127.0.0.1' },
      upstreams,
    );
    const path = (target as URL & { rawPath: string }).rawPath;
    const upstream = request({ agent, hostname: target.hostname, port: target.port, method: incoming.method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
      answer.pipe(outgoing);
    });
    upstream.once('error', () => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end('The local AWS emulator does not answer.\n');
    });
    outgoing.once('close', () => {
      if (incoming.method !== 'GET' && incoming.method !== 'HEAD') lastWrite = Date.now();
      upstream.destroy();
    });
    incoming.pipe(upstream);
  };
  const server = createServer(pass);
  // The development server tells open pages what changed over a socket of its own.
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex) => {
    if (!upstreams.pages) return socket.destroy();
    const target = new URL(upstreams.pages);
    const upstream = request({
      hostname: target.hostname,
      port: target.port,
      path: incoming.url,
      headers: { ...incoming.headers, host: target.host },
    });
    upstream.once('error', () => socket.destroy());
    upstream.once('upgrade', (answer, other) => {
      const head = [`HTTP/1.1 101 ${answer.statusMessage}`];
      for (let i = 0; i < answer.rawHeaders.length; i += 2) head.push(`${answer.rawHeaders[i]}: ${answer.rawHeaders[i + 1]}`);
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      other.pipe(socket).pipe(other);
      other.on('error', () => socket.destroy());
      socket.on('error', () => other.destroy());
    });
    upstream.end();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({
        server,
        lastWrite: () => lastWrite,
        close: () =>
          new Promise((closed) => {
            server.close(() => {
              agent.destroy();
              closed();
            });
            server.closeIdleConnections();
            setTimeout(() => server.closeAllConnections(), 2_000).unref();
          }),
      }),
    );
  });
}
