import { readFileSync } from 'node:fs';
import type { Door } from '../../shared/kernel/index.ts';

/** The part of a JSON Schema that tests of the API read. */
export interface Shape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Shape;
}

interface Documented {
  readonly operationId: string;
  readonly 'x-rights': 'public' | { readonly door: Door; readonly relation: string };
  readonly 'x-failures': readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Shape; readonly example?: unknown }>> };
}

/** One method of one path of the document. */
export interface Operation {
  /** `attendance.save-roll-call@teacher` */
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly door: Door | 'public';
  /** Of the door's person to what the path names; absent on public routes. */
  readonly relation: string | undefined;
  /** Codes of the use case itself. */
  readonly failures: readonly string[];
  readonly params: readonly Parameter[];
  readonly query: readonly Parameter[];
  readonly idempotent: boolean;
  readonly body: { readonly schema: Shape; readonly example: unknown } | undefined;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
}

const read = (path: string, method: string, documented: Documented): Operation => {
  const { operationId: id, 'x-rights': rights, 'x-failures': failures, parameters = [], requestBody } = documented;
  const body = requestBody?.content['application/json'];
  return {
    id,
    name: id.split('@')[0] as string,
    method: method.toUpperCase(),
    path,
    door: rights === 'public' ? 'public' : rights.door,
    relation: rights === 'public' ? undefined : rights.relation,
    failures,
    params: parameters.filter((parameter) => parameter.in === 'path'),
    query: parameters.filter((parameter) => parameter.in === 'query'),
    idempotent: parameters.some((parameter) => parameter.in === 'header' && parameter.name === 'Idempotency-Key'),
    body: body && { schema: body.schema, example: body.example },
  };
};

/** All that the committed document says the API can do: a new route is here without a line of test. */
export const operations: readonly Operation[] = Object.entries(
  (JSON.parse(readFileSync(new URL('../../infra/reference/openapi.json', import.meta.url), 'utf8')) as Document).paths,
).flatMap(([path, methods]) => Object.entries(methods).map(([method, documented]) => read(path, method, documented)));

/** A value of the shape that names nothing: an id nobody has, the first word of a list. */
export function nothingOf({ enum: words, pattern, anyOf, type, minimum = 0 }: Shape): string {
  if (words?.[0] !== undefined) return words[0];
  if (anyOf?.[0]) return nothingOf(anyOf[0]);
  if (type === 'integer') return String(minimum);
  const prefix = /^\^(\w+)_\[/.exec(pattern ?? '')?.[1];
  if (prefix !== undefined) return `${prefix}_00000000000000000000`;
  if (pattern === '^\\d{7}[A-Z]$') return '0000000A';
  return 'x'.repeat(20);
}

export type Values = Readonly<Record<string, string>>;

/** A query that is complete: what must be said, and nothing else. */
export const searchOf = ({ query }: Operation, values: Values): Record<string, string> =>
  Object.fromEntries(
    query.filter(({ required }) => required).map(({ name, schema }) => [name, schema.enum?.[0] ?? values[name] ?? nothingOf(schema)]),
  );

export const pathOf = ({ path, params }: Operation, values: Values): string =>
  params.reduce((filled, { name, schema }) => filled.replace(`{${name}}`, encodeURIComponent(values[name] ?? nothingOf(schema))), path);

export interface Sent {
  readonly token?: string | undefined;
  readonly values: Values;
  readonly body?: unknown;
}

/** The request an honest client would make. */
export async function perform(
  site: string,
  operation: Operation,
  { token, values, body = operation.body?.example }: Sent,
): Promise<Response> {
  const search = new URLSearchParams(searchOf(operation, values)).toString();
  return fetch(`${site}${pathOf(operation, values)}${search && `?${search}`}`, {
    method: operation.method,
    redirect: 'manual',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(operation.body && { 'content-type': 'application/json' }),
      ...(operation.idempotent && { 'idempotency-key': crypto.randomUUID() }),
    },
    ...(operation.body && { body: JSON.stringify(body) }),
  });
}

/** Some at a time: every call the emulator runs at once is a process of its own. */
export async function inTurns<T, R>(all: readonly T[], act: (one: T) => Promise<R>, together = 6): Promise<R[]> {
  const answers: R[] = new Array(all.length);
  let next = 0;
  const work = async () => {
    for (let at = next++; at < all.length; at = next++) answers[at] = await act(all[at] as T);
  };
  await Promise.all(Array.from({ length: together }, work));
  return answers;
}
