/**
 * Processor time of finding a route and checking what was sent, on a warm function: every route of every context, with its own parameters and example
 * body: `node test/load/routing.ts [--calls 200000] [--check]`.
 */
import { parseArgs } from 'node:util';
import type { HttpEvent } from '../../functions/runtime/http.ts';
import { parseForm, parseJson } from '../../functions/runtime/json.ts';
import { router } from '../../functions/runtime/router.ts';
import { catalogue } from '../../infra/catalogue.ts';
import type { Route } from '../../shared/kernel/index.ts';
import { table } from './figures.ts';

const TARGET = 10;

/** One sound value for each name that a path uses. */
const PARAMS: Readonly<Record<string, string>> = {
  uai: '0352072V',
  date: '2026-09-15',
  door: 'teacher',
  target: 'l_0c9d4b1e8f7a2c3d5e6f7a8b9c',
  token: 'eyJhbGciOi.abcdefghijklmnopqrstuvwxyz0123456789',
  pupilId: 'p_0c9d4b1e8f7a2c3d5e6f7a8b9c',
  guardianId: 'p_1f2e3d4c5b6a79880a1b2c3d4e',
  lessonId: 'l_0c9d4b1e8f7a2c3d5e6f7a8b9c',
  movementId: 'm_0199d3a4-7c1e-7b6a-9d52-0f6d6e2b8a11',
  answerId: 'a_0199d3a4-7c1e-7b6a-9d52-0f6d6e2b8a11',
  importId: 'i_0199d3a4-7c1e-7b6a-9d52-0f6d6e2b8a11',
  deliveryId: 'd_0c9d4b1e8f7a2c3d5e6f7a8b9c',
  callId: 'c_0c9d4b1e8f7a2c3d5e6f7a8b9c',
  jobId: 'j_0199d3a4-7c1e-7b6a-9d52-0f6d6e2b8a11',
};

const find = new Map(catalogue.flatMap(({ name, api }) => (api ? [[name, router(api.routes)] as const] : [])));

interface Call {
  readonly context: string;
  readonly route: Route;
  readonly event: HttpEvent;
}

const callOf = (context: string, route: Route): Call | undefined => {
  const door = route.rights === 'public' ? 'public' : (Object.keys(route.rights)[0] as string);
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => PARAMS[name] ?? name);
  const { body } = route.example;
  const event: HttpEvent = {
    rawPath: `/api/${door}/${context}${path}`,
    rawQueryString: '',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method: route.method } },
  };
  const call = { context, route, event };
  return passes(call) ? call : undefined;
};

/** What `serve` does before it knows the caller, and after: match, parameters, query, body. */
const passes = ({ context, route, event }: Call): boolean => {
  const match = find.get(context)?.(event.requestContext.http.method, event.rawPath);
  if (match?.route !== route) return false;
  const query = event.rawQueryString === '' ? {} : parseForm(event.rawQueryString ?? '');
  const body = event.body === undefined ? undefined : parseJson(event.body)?.value;
  return route.params.safeParse(match.params).success && route.query.safeParse(query).success && route.body.safeParse(body).success;
};

const microseconds = (act: () => unknown, calls: number): number => {
  for (let i = 0; i < calls / 10; i += 1) act();
  const from = process.cpuUsage();
  for (let i = 0; i < calls; i += 1) act();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / calls;
};

const { values } = parseArgs({ options: { calls: { type: 'string', default: '200000' }, check: { type: 'boolean', default: false } } });
const calls = Number(values.calls);
const all = catalogue.flatMap(({ name, api }) =>
  Object.values(api?.routes ?? {}).map((route) => ({ name, route, call: callOf(name, route) })),
);
const tried = all.flatMap(({ call }) => call ?? []);
const left = all.filter(({ call }) => !call).map(({ route }) => route.name);

const rows: string[][] = [['routes', 'calls', 'CPU a call']];
let heaviest = { name: '', cost: 0 };
for (const { name } of catalogue) {
  const own = tried.filter(({ context }) => context === name);
  if (own.length === 0) continue;
  const costs = own.map((call) => ({ name: call.route.name, cost: microseconds(() => passes(call), Math.ceil(calls / tried.length)) }));
  for (const one of costs) if (one.cost > heaviest.cost) heaviest = one;
  const mean = costs.reduce((sum, { cost }) => sum + cost, 0) / costs.length;
  rows.push([name, String(own.length), `${mean.toFixed(1)} µs`]);
}
let next = 0;
const mixed = microseconds(() => {
  passes(tried[next] as Call);
  next = (next + 1) % tried.length;
}, calls);
rows.push(
  ['every route in turn', String(tried.length), `${mixed.toFixed(1)} µs`],
  [`heaviest: ${heaviest.name}`, '1', `${heaviest.cost.toFixed(1)} µs`],
);
console.log(table(rows));
if (left.length > 0) console.log(`not tried, for want of a sample value: ${left.join(', ')}`);
const held = mixed <= TARGET;
console.log(`target: at most ${TARGET} µs of processor time a call: ${held ? 'held' : 'MISSED'}`);
if (values.check && !held) process.exitCode = 1;
