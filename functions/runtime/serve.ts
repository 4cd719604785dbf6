import type * as z from 'zod';
import type { ApiEntry, BasePorts, PortsOf } from '../../shared/kernel/context.ts';
import { Failure, missing } from '../../shared/kernel/failure.ts';
import type { Grant } from '../../shared/kernel/grant.ts';
import { IDEMPOTENCY_KEY } from '../../shared/kernel/idempotency-key.ts';
import type { Reply } from '../../shared/kernel/reply.ts';
import { doorsOf, type RelationParams } from '../../shared/kernel/rights.ts';
import type { AnswerOf, Caller, Input, Route } from '../../shared/kernel/route.ts';
import { authorise, callerOf } from './caller.ts';
import { type ReadCard, readCard } from './card.ts';
import { once } from './clients.ts';
import { environment } from './env.ts';
import { addressOf, cookiesOf, type HttpAnswer, type HttpEvent, refusal, toAnswer, toRefusal } from './http.ts';
import { type Handler, invocation } from './invocation.ts';
import { parseForm, parseJson } from './json.ts';
import { faultOf, type Line, lineLog } from './log.ts';
import { officeDay } from './office-day.ts';
import { router } from './router.ts';

type Answered<R extends Route> = AnswerOf<R> | Reply<AnswerOf<R>>;

/** One use case for each route, by the route's name. */
export type UseCases<E extends ApiEntry> = {
  readonly [N in keyof E['routes']]: (
    input: Input<E['routes'][N]>,
    ports: PortsOf<E>,
  ) => Answered<E['routes'][N]> | Promise<Answered<E['routes'][N]>>;
};

/** Bytes of a body; files go to a bucket, not through here. */
const LARGEST = 256 * 1024;
const SAYABLE = /^[\w-]{1,40}$/;

/** Where a request is wrong, never what it said: a name that only the sender could have chosen becomes `*`. */
const invalid = (where: string, { issues }: z.ZodError): Failure =>
  new Failure('invalid', 'request.invalid', {
    issues: issues.slice(0, 20).map(({ path, code }) => ({
      path: [where, ...path.map((step) => (SAYABLE.test(String(step)) ? String(step) : '*'))].join('.'),
      code,
    })),
  });

const malformed = (where: string): Failure => new Failure('invalid', 'request.invalid', { issues: [{ path: where, code: 'malformed' }] });

const parsed = (schema: z.ZodType, where: string, value: unknown): unknown => {
  const result = schema.safeParse(value);
  if (!result.success) throw invalid(where, result.error);
  return result.data;
};

const bodyOf = async (route: Route, { body = '', isBase64Encoded = false, headers }: HttpEvent): Promise<unknown> => {
  if (body === '') return undefined;
  const bytes = isBase64Encoded ? Buffer.from(body, 'base64') : undefined;
  if ((bytes?.length ?? Buffer.byteLength(body)) > LARGEST) throw new Failure('too-large', 'request.too-large');
  const text = bytes ? bytes.toString() : body;
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') {
    const json = parseJson(text);
    if (!json) throw malformed('body');
    return json.value;
  }
  if (route.form && type === 'application/x-www-form-urlencoded') {
    const form = parseForm(text);
    if (!form) throw malformed('body');
    return form;
  }
  // What mail programs send to stop a newsletter (RFC 8058) has this form or the one above.
  if (route.form && type === 'multipart/form-data') {
    try {
      return Object.fromEntries(
        await new Response(bytes ?? text, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData(),
      );
    } catch {
      throw malformed('body');
    }
  }
  throw new Failure('unsupported', 'request.unsupported-media');
};

const queryOf = ({ rawQueryString = '' }: HttpEvent): unknown => {
  if (rawQueryString === '') return {};
  const query = parseForm(rawQueryString);
  if (!query) throw malformed('query');
  return query;
};

const idempotencyKeyOf = ({ idempotent }: Route, { headers }: HttpEvent): string => {
  if (!idempotent) return '';
  const given = headers['idempotency-key'];
  if (given === undefined) throw new Failure('invalid', 'request.idempotency-key-missing');
  if (!IDEMPOTENCY_KEY.test(given)) throw malformed('headers.idempotency-key');
  return given;
};

type Act = (input: Input<Route>, ports: unknown) => unknown;

/** A route with its use case: all that one kind of request needs and its neighbours do not. */
export interface Piece {
  readonly route: Route;
  readonly act: Act;
}

/** What must be known of a route to find it; the rest comes with the first request for it. */
export interface LateRoute extends Pick<Route, 'name' | 'method' | 'path' | 'media'> {
  readonly doors: readonly string[];
  readonly load: () => Piece | Promise<Piece>;
}

/** What an API stands on; only tests give others. */
export interface ServeOn<Ports extends BasePorts> {
  readonly card?: ReadCard;
  readonly ports?: Ports;
  readonly line?: Line;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Loads once, after what was asked for before has left: reading code holds the loop in which a request is written and its connection made. */
const loadedLate = <V>(load: () => V | Promise<V>): (() => Promise<V>) =>
  once(async () => {
    await turn();
    await turn();
    return load();
  });

/**
 * The API of a context: finds the route, says who calls and what they may touch, checks what they send, and answers as
 * promised. Everything a use case receives has passed its route's schemas and rights. What was granted, a table with its schemas above all,
 * is loaded by the first request, and a route by the first request for it, both while its caller's card is read: a cold start waits for
 * neither, and does not grow with the number of routes.
 */
export const serveLate = (
  grants: () => readonly Grant[] | Promise<readonly Grant[]>,
  routes: Readonly<Record<string, LateRoute>>,
  { card = readCard, line = lineLog(), ports }: ServeOn<BasePorts> = {},
): Handler<HttpEvent, HttpAnswer> => {
  const find = router(routes);
  const { PREAU_ORIGIN_SECRET } = environment();
  const loadPorts = loadedLate(async () => {
    if (ports) return ports;
    const [granted, { portsFor }] = await Promise.all([grants(), import('./ports.ts')]);
    return portsFor({ grants: granted }, line);
  });
  const loads = new Map(Object.values(routes).map((route) => [route, loadedLate(route.load)]));

  const answer = async (event: HttpEvent, route: LateRoute, door: string, given: Readonly<Record<string, string>>): Promise<HttpAnswer> => {
    if (!route.doors.includes(door)) throw missing();
    // The card is asked for first: the code is read while the answer is on its way.
    const [caller, piece, ports] = await Promise.all([
      door === 'public' ? undefined : callerOf(door, event.requestContext.authorizer?.jwt?.claims, card),
      (loads.get(route) as () => Promise<Piece>)(),
      loadPorts(),
    ]);
    return within(piece, ports, event, given, caller);
  };

  const within = async (
    { route, act }: Piece,
    ports: BasePorts,
    event: HttpEvent,
    given: Readonly<Record<string, string>>,
    caller: Caller | undefined,
  ): Promise<HttpAnswer> => {
    const params = route.params.safeParse(given);
    if (!params.success) throw missing();
    if (route.rights !== 'public') {
      const relation = caller && route.rights[caller.door];
      if (!relation) throw missing();
      authorise(relation, caller.card, params.data as RelationParams, officeDay(ports.clock.civil()));
    }
    const input = {
      params: params.data,
      idempotencyKey: idempotencyKeyOf(route, event),
      query: parsed(route.query, 'query', queryOf(event)),
      body: parsed(route.body, 'body', await bodyOf(route, event)),
      caller,
      address: addressOf(event, PREAU_ORIGIN_SECRET),
      cookies: cookiesOf(event),
    };
    return toAnswer(route, await act(input as Input<Route>, ports));
  };

  const refuse = (error: unknown, route: LateRoute | undefined): HttpAnswer => {
    const media = route?.media;
    if (error instanceof Failure) {
      const failure = error.code === 'store.condition-failed' ? new Failure('conflict', 'request.conflict') : error;
      line.info('request.refused', { code: failure.code });
      return toRefusal(failure, media);
    }
    line.warn('request.failed', { route: route?.name ?? '', ...faultOf(error) });
    return refusal(500, 'request.failed', undefined, media);
  };

  return invocation<HttpEvent, HttpAnswer>(
    line,
    async (event) => {
      const match = find(event.requestContext.http.method, event.rawPath);
      let answered: HttpAnswer;
      try {
        if (!match) throw missing();
        answered = await answer(event, match.route, match.door, match.params);
      } catch (error) {
        answered = refuse(error, match?.route);
      }
      line.info(match?.route.name ?? 'request.unknown', { status: answered.statusCode, door: match?.door ?? '' });
      return answered;
    },
    () => refusal(503, 'request.unavailable'),
  );
};

/** The same with every route and use case at hand. The bundler reads this call, and makes of each route a piece of its own. */
export const serve = <const E extends ApiEntry>(
  { grants, routes }: E,
  useCases: UseCases<E>,
  on: ServeOn<PortsOf<E>> = {},
): Handler<HttpEvent, HttpAnswer> => {
  const acts = useCases as Readonly<Record<string, Act>>;
  const late = Object.entries(routes).map(([name, route]): [string, LateRoute] => {
    const act = acts[name];
    if (!act) throw new RangeError(`the route ${name} has no use case`);
    return [name, { ...route, doors: doorsOf(route.rights), load: () => ({ route, act }) }];
  });
  return serveLate(() => grants, Object.fromEntries(late), on);
};
