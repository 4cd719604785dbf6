import * as z from 'zod';
import { type Context, DOORS, type Door, paramsOf, type Route, STATUS } from '../../shared/kernel/index.ts';
import { byName } from '../entries.ts';

/** What any route may answer, whatever it is for: the runtime's own refusals. */
export const COMMON_FAILURES = {
  400: ['request.invalid', 'request.invalid-cursor', 'request.idempotency-key-missing'],
  401: ['request.unauthenticated'],
  403: ['request.forbidden'],
  404: ['request.not-found'],
  409: ['request.conflict'],
  413: ['request.too-large'],
  415: ['request.unsupported-media'],
  429: ['request.too-many'],
  500: ['request.failed'],
  503: ['request.unavailable'],
} as const;

type Json = { [key: string]: unknown };

const STATUS_WORDS: Record<string, string> = {
  400: 'The request is not of the shape the route asks for.',
  401: 'No valid sign-in at this door.',
  403: 'The token is not an access token of this door, or the account is frozen.',
  404: 'There is no such thing, or it is not the caller’s to see: one answer for both.',
  409: 'Somebody else was first.',
  413: 'The request is too large.',
  415: 'The content type is not one the route takes.',
  429: 'Too many failures; try later.',
  500: 'A fault of the system; its cause is in the log.',
  503: 'Something the route needs does not answer; try again.',
};

/** A schema as OpenAPI 3.1 takes it: JSON Schema 2020-12, without zod's own words. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json | undefined {
  if (schema instanceof z.ZodUndefined) return undefined;
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json;
  return json;
}

const parameters = (route: Route): Json[] => {
  const of = (schema: z.ZodType, where: 'path' | 'query', names?: readonly string[]) => {
    const { properties = {}, required = [] } = (schemaOf(schema, 'input') ?? {}) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return (names ?? Object.keys(properties)).map((name) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      schema: properties[name] ?? {},
    }));
  };
  return [
    ...of(route.params, 'path', paramsOf(route.path)),
    ...of(route.query, 'query'),
    ...(route.idempotent
      ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', pattern: '^[0-9A-Za-z_-]{16,64}$' } }]
      : []),
  ];
};

const refusal = (status: string, codes: readonly string[]): Json => ({
  description: STATUS_WORDS[status] ?? 'Refused for a reason of this route.',
  content: {
    'application/json': {
      schema: { allOf: [{ $ref: '#/components/schemas/Refusal' }, { properties: { code: { enum: [...codes] } } }] },
    },
  },
});

function responses(route: Route): Json {
  const body = schemaOf(route.answer, 'output');
  const media = route.media;
  const done: Json =
    media !== 'application/json'
      ? { 200: { description: 'Done.', content: { [media]: { schema: { type: 'string' } } } } }
      : body === undefined
        ? { 204: { description: 'Done; there is nothing to say.' } }
        : {
            200: {
              description: 'Done.',
              content: {
                [media]: { schema: body, ...(route.example.answer === undefined ? {} : { example: route.example.answer }) },
              },
            },
          };
  const open = route.rights === 'public';
  const common = Object.entries(COMMON_FAILURES).filter(([status]) => !open || !['403'].includes(status));
  return {
    ...done,
    ...Object.fromEntries(common.map(([status]) => [status, { $ref: `#/components/responses/Refused${status}` }])),
    ...(route.failures.length > 0
      ? {
          '4XX': refusal('4XX', [...route.failures].sort()),
        }
      : {}),
  };
}

function operation(context: string, route: Route, door: Door | 'public'): Json {
  const relation = route.rights === 'public' ? undefined : route.rights[door as Door];
  const body = schemaOf(route.body, 'input');
  const example = route.example.body === undefined ? {} : { example: route.example.body };
  return {
    operationId: `${route.name}@${door}`,
    tags: [context],
    summary: route.summary,
    'x-rights': relation === undefined ? 'public' : { door, relation: relation.name },
    'x-failures': [...route.failures].sort(),
    security: relation === undefined ? [] : [{ [door]: [] }],
    parameters: parameters(route),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: body, ...example },
              ...(route.form ? { 'application/x-www-form-urlencoded': { schema: body, ...example } } : {}),
            },
          },
        }),
    responses: responses(route),
  };
}

/** Door by door, every route of every context: OpenAPI 3.1. */
export function openApiOf(catalogue: readonly Context[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const { name: context, api } of catalogue) {
    for (const route of byName(api?.routes)) {
      const doors =
        route.rights === 'public' ? (['public'] as const) : DOORS.filter((door) => route.rights !== 'public' && route.rights[door]);
      for (const door of doors) {
        const path = `/api/${door}/${context}${route.path}`;
        paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(context, route, door) };
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Préau',
      version,
      description:
        'One door a role: `/api/{door}/{context}/…` takes the access token of that door’s pool; `/api/public/…` takes none. ' +
        'Someone else’s object and a missing one give the same 404.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The site’s own origin' }],
    tags: catalogue.map(({ name }) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: Object.fromEntries(
        DOORS.map((door) => [
          door,
          { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: `An access token of the ${door} door.` },
        ]),
      ),
      responses: Object.fromEntries(Object.entries(COMMON_FAILURES).map(([status, codes]) => [`Refused${status}`, refusal(status, codes)])),
      schemas: {
        Refusal: {
          type: 'object',
          description: `\`{context}.{reason}\`, stable; facts that help mend the request. Statuses: ${Object.entries(STATUS)
            .map(([kind, status]) => `${kind} ${status}`)
            .join(', ')}.`,
          required: ['code'],
          properties: { code: { type: 'string', pattern: '^[a-z-]+\\.[a-z0-9-]+$' }, details: { type: 'object' } },
        },
      },
    },
  };
}
