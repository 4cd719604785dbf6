import * as z from 'zod';
import type { AccessCard, Door } from './access-card.ts';
import type { FailureCode } from './failure.ts';
import type { Rights } from './rights.ts';
import type { ParamsOf } from './template.ts';
import type { Instant } from './time.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Media = 'application/json' | 'text/html' | 'text/csv' | 'application/pdf';

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  R extends Rights = Rights,
> {
  readonly kind: 'route';
  /** `context.verb-noun`: the use case's file, its log code, its OpenAPI operationId. */
  readonly name: `${string}.${string}`;
  readonly method: Method;
  /** Below `/api/{door}/{context}`. */
  readonly path: string;
  readonly rights: R;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
  /** What the answer is when it is not JSON (pages, files). */
  readonly media: Media;
  /** Accepts a form posted by a page without script, beside JSON. */
  readonly form: boolean;
  /** The request must carry an `Idempotency-Key`; the use case receives it. */
  readonly idempotent: boolean;
  /** Codes of its own; those any route may answer are the runtime's. */
  readonly failures: readonly FailureCode[];
  readonly summary: string;
  readonly example: { readonly body?: unknown; readonly answer?: unknown };
}

type ParamSchemas<Path extends string> = { [K in ParamsOf<Path>]: z.ZodType };

const nothing = z.strictObject({});
const none = z.undefined();

/** `name`, `path`, `rights`, `summary` and an `example` are required; a body or query left out is refused when sent. */
export function defineRoute<
  const Path extends `/${string}`,
  const R extends Rights,
  P extends ParamSchemas<Path>,
  Q extends z.ZodRawShape = {},
  B extends z.ZodType = z.ZodUndefined,
  A extends z.ZodType = z.ZodUndefined,
>(definition: {
  name: `${string}.${string}`;
  method: Method;
  path: Path;
  rights: R;
  params: P;
  query?: Q;
  body?: B;
  answer?: A;
  media?: Media;
  form?: boolean;
  idempotent?: boolean;
  failures?: readonly FailureCode[];
  summary: string;
  example: { body?: z.input<B>; answer?: z.input<A> };
}): Route<z.ZodObject<P, z.core.$strict>, z.ZodObject<Q, z.core.$strict>, B, A, R> {
  const { params, query, body, answer, media = 'application/json', form = false, idempotent = false, failures = [], ...rest } = definition;
  return {
    kind: 'route',
    ...rest,
    params: z.strictObject(params),
    query: (query ? z.strictObject(query) : nothing) as z.ZodObject<Q, z.core.$strict>,
    body: (body ?? none) as B,
    answer: (answer ?? none) as A,
    media,
    form,
    idempotent,
    failures,
  };
}

/** Who is calling: the verified token's person and their card. Absent on public routes. */
export interface Caller {
  readonly personId: string;
  readonly door: Door;
  readonly card: AccessCard;
  /** When the access token was issued. */
  readonly issuedAt: Instant;
}

export interface Input<R extends Route> {
  readonly params: z.infer<R['params']>;
  readonly query: z.infer<R['query']>;
  readonly body: z.infer<R['body']>;
  readonly caller: R['rights'] extends 'public' ? undefined : Caller;
  /** Present when the route is `idempotent`. */
  readonly idempotencyKey: string;
  /** The viewer's address, believed only with the origin's secret header; for attempt limits. */
  readonly address: string;
  readonly cookies: Readonly<Record<string, string>>;
}

export type AnswerOf<R extends Route> = z.input<R['answer']>;
