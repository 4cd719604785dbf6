import { timingSafeEqual } from 'node:crypto';
import { type Failure, STATUS } from '../../shared/kernel/failure.ts';
import { Reply } from '../../shared/kernel/reply.ts';
import type { Route } from '../../shared/kernel/route.ts';

/** The part of an API Gateway HTTP API event (payload 2.0) that is read. */
export interface HttpEvent {
  readonly rawPath: string;
  readonly rawQueryString?: string;
  /** AWS sends this; the local emulator sends `headers.cookie`. */
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly http: { readonly method: string; readonly sourceIp?: string };
    readonly authorizer?: { readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } };
  };
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

export const cookiesOf = ({ cookies = [], headers }: HttpEvent): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const pair of [...cookies, ...(headers.cookie?.split(';') ?? [])]) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && name !== '__proto__' && !Object.hasOwn(found, name)) found[name] = pair.slice(at + 1).trim();
  }
  return found;
};

const same = (a: string, b: string): boolean => {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** The viewer's address by the CDN's word, which counts only beside the secret that the CDN alone adds. */
export const addressOf = ({ headers, requestContext }: HttpEvent, originSecret: string | undefined): string => {
  const peer = requestContext.http.sourceIp ?? '';
  const given = headers['x-preau-origin'];
  if (originSecret === undefined || given === undefined || !same(given, originSecret)) return peer;
  const viewer = headers['cloudfront-viewer-address'];
  if (viewer !== undefined) return viewer.slice(0, viewer.lastIndexOf(':')).replace(/^\[|\]$/g, '');
  const hops = (headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim());
  // API Gateway adds whom it saw, the CDN; the CDN added whom it saw, the viewer; what stands before is the viewer's own claim.
  if (hops.length > 1 && hops.at(-1) === peer) hops.pop();
  return hops.at(-1) || peer;
};

const SAFE = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } as const;
const PAGE = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const headersFor = (type: string): Record<string, string> => ({
  'content-type': type === 'application/json' ? type : type.startsWith('text/') ? `${type}; charset=utf-8` : type,
  ...SAFE,
  ...(type === 'text/html' && { 'content-security-policy': PAGE }),
});

/** What a use case returned, as the route promised it: its schema lets no extra field out. */
export const toAnswer = (route: Route, result: unknown): HttpAnswer => {
  const reply = result instanceof Reply ? result : new Reply(result);
  const headers = { ...headersFor(route.media), ...reply.headers };
  const cookies = reply.cookies.length > 0 && { cookies: reply.cookies };
  if (route.media !== 'application/json') {
    if (reply.body instanceof Uint8Array)
      return { statusCode: reply.status, headers, ...cookies, body: Buffer.from(reply.body).toString('base64'), isBase64Encoded: true };
    if (reply.body !== undefined && typeof reply.body !== 'string') throw new TypeError('a page or file is text or bytes');
    return { statusCode: reply.status, headers, ...cookies, body: reply.body ?? '' };
  }
  const body = route.answer.parse(reply.body === '' ? undefined : reply.body);
  if (body !== undefined) return { statusCode: reply.status, headers, ...cookies, body: JSON.stringify(body) };
  const { 'content-type': _, ...bare } = headers;
  return { statusCode: reply.status === 200 ? 204 : reply.status, headers: bare, ...cookies };
};

const page = (code: string): string =>
  `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Préau</title><h1>Cette page n’a pas pu s’afficher.</h1><p lang="en">This page could not be shown.</p><p><code>${code}</code></p></html>`;

export const toRefusal = ({ kind, code, details }: Failure, media: string | undefined): HttpAnswer =>
  refusal(STATUS[kind], code, details, media);

export const refusal = (status: number, code: string, details?: Failure['details'], media?: string): HttpAnswer => {
  if (media === 'text/html') return { statusCode: status, headers: headersFor(media), body: page(code) };
  return { statusCode: status, headers: headersFor('application/json'), body: JSON.stringify({ code, ...(details && { details }) }) };
};
