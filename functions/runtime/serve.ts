import type * as z from 'zod';
import type { ApiEntry, BasePorts, PortsOf } from '../../shared/kernel/context.ts';
import { Failure, missing } from '../../shared/kernel/failure.ts';
import { IdempotencyKey } from '../../shared/kernel/ids.ts';
import type { Door, RelationParams } from '../../shared/kernel/rights.ts';
import type { AnswerOf, Caller, Input, Reply, Route } from '../../shared/kernel/route.ts';
import { authorise, callerOf } from './caller.ts';
import { type ReadCard, readCard } from './card.ts';
import { environment } from './env.ts';
import { addressOf, cookiesOf, type HttpAnswer, type HttpEvent, refusal, toAnswer, toRefusal } from './http.ts';
import { type Handler, invocation } from './invocation.ts';
import { parseForm, parseJson } from './json.ts';
import { faultOf, type Line, lineLog } from './log.ts';
import { officeDay } from './office-day.ts';
import { portsFor } from './ports.ts';
import { type Match, router } from './router.ts';

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

const bodyOf = (route: Route, { body = '', isBase64Encoded = false, headers }: HttpEvent): unknown => {
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
  return parsed(IdempotencyKey, 'headers.idempotency-key', given) as string;
};

/** The relation a door must have; no door in the route's rights means that there is nothing behind it. */
const rightsOf = ({ route, door }: Match) => {
  if (route.rights === 'public') {
    if (door !== 'public') throw missing();
    return undefined;
  }
  const relation = Object.hasOwn(route.rights, door) ? route.rights[door as Door] : undefined;
  if (!relation) throw missing();
  return relation;
};

/** What `serve` stands on; only tests give others. */
export interface ServeOn<E extends ApiEntry> {
  readonly card?: ReadCard;
  readonly ports?: PortsOf<E>;
  readonly line?: Line;
}

/**
 * The API of a context: finds the route, says who calls and what they may touch, checks what they send, and answers as
 * promised. Everything a use case receives has passed its route's schemas and rights.
 */
export const serve = <const E extends ApiEntry>(
  entry: E,
  useCases: UseCases<E>,
  { card = readCard, line = lineLog(), ports = portsFor(entry, line) as PortsOf<E> }: ServeOn<E> = {},
): Handler<HttpEvent, HttpAnswer> => {
  const find = router(entry.routes);
  const { PREAU_ORIGIN_SECRET } = environment();
  const { clock }: BasePorts = ports;
  const acts = useCases as Readonly<Record<string, (input: Input<Route>, ports: unknown) => unknown>>;
  for (const name of Object.keys(entry.routes)) if (!acts[name]) throw new RangeError(`the route ${name} has no use case`);

  const answer = async (event: HttpEvent, match: Match): Promise<HttpAnswer> => {
    const { route, name, door } = match;
    const relation = rightsOf(match);
    const params = route.params.safeParse(match.params);
    if (!params.success) throw missing();
    let caller: Caller | undefined;
    if (relation) {
      caller = await callerOf(door, event.requestContext.authorizer?.jwt?.claims, card);
      authorise(relation, caller.card, params.data as RelationParams, officeDay(clock.civil()));
    }
    const input = {
      params: params.data,
      idempotencyKey: idempotencyKeyOf(route, event),
      query: parsed(route.query, 'query', queryOf(event)),
      body: parsed(route.body, 'body', bodyOf(route, event)),
      caller,
      address: addressOf(event, PREAU_ORIGIN_SECRET),
      cookies: cookiesOf(event),
    };
    return toAnswer(route, await (acts[name] as (input: unknown, ports: unknown) => unknown)(input, ports));
  };

  const refuse = (error: unknown, match: Match | undefined): HttpAnswer => {
    const media = match?.route.media;
    if (error instanceof Failure) {
      const failure = error.code === 'store.condition-failed' ? new Failure('conflict', 'request.conflict') : error;
      line.info('request.refused', { code: failure.code });
      return toRefusal(failure, media);
    }
    line.warn('request.failed', { route: match?.route.name ?? '', ...faultOf(error) });
    return refusal(500, 'request.failed', undefined, media);
  };

  return invocation<HttpEvent, HttpAnswer>(
    line,
    async (event) => {
      const match = find(event.requestContext.http.method, event.rawPath);
      let answered: HttpAnswer;
      try {
        if (!match) throw missing();
        answered = await answer(event, match);
      } catch (error) {
        answered = refuse(error, match);
      }
      line.info(match?.route.name ?? 'request.unknown', { status: answered.statusCode, door: match?.door ?? '' });
      return answered;
    },
    () => refusal(503, 'request.unavailable'),
  );
};
