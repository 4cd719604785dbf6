import type * as z from 'zod';
import type { Door } from '#shared/kernel/access-card.ts';
import type { Route } from '#shared/kernel/route.ts';
import { ApiFailure } from './failure.ts';

/** The door that a route's rights let in; `public` for the routes without sign-in. */
export type DoorInto<R extends Route> = R['rights'] extends 'public' ? 'public' : Extract<keyof R['rights'], Door>;

/** A part that has no field may be left out. */
type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : {} extends Value
    ? { readonly [K in Name]?: Value }
    : { readonly [K in Name]: Value };

export type Sent<R extends Route> = Part<'params', z.input<R['params']>> &
  Part<'query', z.input<R['query']>> &
  Part<'body', z.input<R['body']>> & {
    /** For a route that is `idempotent`: the key of this gesture, kept by whoever may send it again. A fresh one by default. */
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
  };

/** As the server sends it, defaults filled in. */
export type Answered<R extends Route> = z.output<R['answer']>;

type Arguments<R extends Route> = {} extends Sent<R> ? [sent?: Sent<R>] : [sent: Sent<R>];

export interface Tokens {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export interface ClientPorts {
  readonly fetch: typeof fetch;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  readonly newKey: () => string;
  readonly isOnline: () => boolean;
  /** Renews the access token by the door's cookie. An `ApiFailure` 401 means the session is over. */
  readonly refresh: (door: Door, client: Client) => Promise<Tokens>;
}

export interface Client {
  /** Calls a declared route and gives its typed answer; throws `ApiFailure`. */
  call<R extends Route>(route: R, door: DoorInto<R>, ...sent: Arguments<R>): Promise<Answered<R>>;
  /** The same for a route whose answer is a file or a page. */
  download<R extends Route>(route: R, door: DoorInto<R>, ...sent: Arguments<R>): Promise<Blob>;
  /** The same where the answer's headers count too: a `Link` to the next part of a file. */
  receive<R extends Route>(route: R, door: DoorInto<R>, ...sent: Arguments<R>): Promise<Response>;
  /** Holds the tokens of a sign-in, in memory only. */
  hold(door: Door, tokens: Tokens): void;
  drop(door: Door): void;
  /** The door's access token, for the rare route that wants it in its body. */
  token(door: Door): Promise<string>;
  /** Makes sure that the door's session is alive; false when it is over. */
  revive(door: Door): Promise<boolean>;
  /** Called when a door's session turns out to be over. */
  onEnd(listener: (door: Door) => void): void;
}

/** A token this near its end is renewed first: the request must not arrive late. */
const MARGIN_MS = 30_000;

const isDoor = (door: string): door is Door => door !== 'public';

/** `/api/{door}/{context}{path}`, its template filled. */
export function addressOf(
  route: Pick<Route, 'name' | 'path'>,
  door: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, String(one));
  }
  const [context] = route.name.split('.');
  return `/api/${door}/${context}${path}${search.size ? `?${search}` : ''}`;
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const said: unknown = await response.json().catch(() => undefined);
  const { code, details } = (said ?? {}) as { code?: unknown; details?: unknown };
  if (typeof code !== 'string' || !code.includes('.')) return new ApiFailure('network.unreachable', response.status);
  return new ApiFailure(code as `${string}.${string}`, response.status, (details ?? {}) as Record<string, unknown>);
}

/** The gateway's 401 has no code of ours; a use case's own (a wrong current password) is not about the token. */
const refusesToken = ({ status, code }: ApiFailure): boolean =>
  status === 401 && (code === 'request.unauthenticated' || code === 'network.unreachable');

export function createClient(ports: ClientPorts): Client {
  const held = new Map<Door, { readonly token: string; readonly until: number }>();
  const renewing = new Map<Door, Promise<void>>();
  const listeners: ((door: Door) => void)[] = [];

  const end = (door: Door) => {
    held.delete(door);
    for (const listener of listeners) listener(door);
  };

  const hold: Client['hold'] = (door, { accessToken, expiresIn }) => {
    held.set(door, { token: accessToken, until: ports.now() + expiresIn * 1000 });
  };

  /** Ten requests that meet an expired token make one renewal. */
  const renew = (door: Door): Promise<void> => {
    const under = renewing.get(door);
    if (under) return under;
    const started = ports
      .refresh(door, client)
      .then(
        (tokens) => hold(door, tokens),
        (error: unknown) => {
          if (!(error instanceof ApiFailure) || error.status !== 401) throw error;
          end(door);
          throw new ApiFailure('session.ended', 401);
        },
      )
      .finally(() => renewing.delete(door));
    renewing.set(door, started);
    return started;
  };

  const tokenOf = async (door: Door): Promise<string> => {
    const known = held.get(door);
    if (!known || known.until - ports.now() < MARGIN_MS) await renew(door);
    const token = held.get(door)?.token;
    if (token === undefined) throw new ApiFailure('session.ended', 401);
    return token;
  };

  const send = async (route: Route, door: string, sent: Partial<Sent<Route>> = {}): Promise<Response> => {
    const headers = new Headers({ accept: route.media });
    if (sent.body !== undefined) headers.set('content-type', 'application/json');
    if (route.idempotent) headers.set('idempotency-key', sent.idempotencyKey ?? ports.newKey());
    const url = addressOf(route, door, sent.params as Record<string, unknown>, sent.query as Record<string, unknown>);
    const attempt = async () => {
      if (isDoor(door)) headers.set('authorization', `Bearer ${await tokenOf(door)}`);
      try {
        return await ports.fetch(url, {
          method: route.method,
          headers,
          credentials: 'same-origin',
          ...(sent.body !== undefined && { body: JSON.stringify(sent.body) }),
          ...(sent.signal && { signal: sent.signal }),
        });
      } catch (error) {
        if (sent.signal?.aborted) throw error;
        throw new ApiFailure(ports.isOnline() ? 'network.unreachable' : 'network.offline');
      }
    };
    const first = await attempt();
    if (first.ok) return first;
    const failure = await failureOf(first);
    if (!isDoor(door) || !refusesToken(failure)) throw failure;
    // It looked fresh, but was revoked, or another clock was read: once more with a new one.
    held.delete(door);
    const second = await attempt();
    if (second.ok) return second;
    const last = await failureOf(second);
    if (!refusesToken(last)) throw last;
    end(door);
    throw new ApiFailure('session.ended', 401);
  };

  const client: Client = {
    async call(route, door, ...[sent]) {
      const response = await send(route, door, sent);
      if (response.status === 204) return undefined as Answered<typeof route>;
      const text = await response.text();
      try {
        return (text === '' ? undefined : JSON.parse(text)) as Answered<typeof route>;
      } catch {
        throw new ApiFailure('network.unreachable', response.status);
      }
    },
    async download(route, door, ...[sent]) {
      return (await send(route, door, sent)).blob();
    },
    receive: (route, door, ...[sent]) => send(route, door, sent),
    hold,
    token: tokenOf,
    drop: (door) => void held.delete(door),
    async revive(door) {
      try {
        await tokenOf(door);
        return true;
      } catch (error) {
        if (error instanceof ApiFailure && error.code === 'session.ended') return false;
        throw error;
      }
    },
    onEnd: (listener) => void listeners.push(listener),
  };
  return client;
}
