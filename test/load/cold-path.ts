/**
 * Cold path of each API function, from loading its bundle to the answer after the first DynamoDB call, against the same function bundled plainly and
 * against a bare handler that makes one SDK call, minified as ours is: `node test/load/cold-path.ts [--rounds 15] [--latency 5] [--check]`.
 * Every figure is a fresh process of its own; the contenders of a round run one after the other, so that what else the machine does meets
 * them alike. DynamoDB is a server on this machine that answers any call with a card that lets nobody in: each request ends in 404 after it.
 * A second figure goes on to the use case's own answer, so that what is put off is seen: the card lets the caller in, the table is empty and
 * other contexts know nothing.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import type { ZodObject } from 'zod';
import { bundleFunctions, bundlePlainly } from '../../infra/bundle.ts';
import { catalogue } from '../../infra/catalogue.ts';
import type { Context, Route } from '../../shared/kernel/index.ts';
import { median, table } from './figures.ts';

const TARGET = { plainly: 0.75, bare: 0.95 };

const BARE = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async () => {
  const { Item } = await client.send(new GetItemCommand({ TableName: 'cards', Key: { pk: { S: 'person' }, sk: { S: 'card' } }, ConsistentRead: true }));
  return { statusCode: Item ? 404 : 401 };
};`;

/** What Lambda does to a function, no more; prints milliseconds. */
const RUN = `
const [bundle, event, within] = process.argv.slice(2);
const from = performance.now();
const { handler } = await import(bundle);
const { statusCode, body } = await handler(JSON.parse(event), { awsRequestId: 'request', getRemainingTimeInMillis: () => 10_000 });
const milliseconds = performance.now() - from;
if (statusCode >= 500 || (!within && statusCode !== 404)) throw new Error('answered ' + statusCode + ' ' + body);
process.stderr.write(String(milliseconds));
process.exit();`;

type Contender = 'ours' | 'plainly' | 'bare' | 'oursWithin' | 'plainlyWithin';

/** Sound values for the parameters that a route of a whole school or day has. */
const PARAMS: Readonly<Record<string, string>> = { uai: '0352072V', date: '2026-09-15' };
const QUERY: Readonly<Record<string, string>> = { door: 'teacher' };

const isOfSchool = (route: Route): boolean => {
  if (route.method !== 'GET' || route.rights === 'public') return false;
  const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  return named.includes('uai') && named.every((name) => PARAMS[name] !== undefined);
};

/** A request that gets as far as its caller's card. */
const eventFor = ({ name, api }: Context) => {
  const route = Object.values(api?.routes ?? {}).find(isOfSchool);
  if (!route) throw new Error(`${name} has no route that reads something of a whole school`);
  const door = Object.keys(route.rights)[0] as string;
  const path = route.path.replace(/\{(\w+)\}/g, (_, param: string) => PARAMS[param] as string);
  const event = {
    rawPath: `/api/${door}/${name}${path}`,
    rawQueryString: new URLSearchParams(Object.entries(QUERY).filter(([field]) => field in (route.query as ZodObject).shape)).toString(),
    headers: {},
    requestContext: {
      http: { method: route.method, sourceIp: '192.0.2.1' },
      authorizer: { jwt: { claims: { username: 'p_0c9d4b1e8f7a2c3d5e6f7a8b9c', iat: '1789459200', token_use: 'access' } } },
    },
  };
  return { door, event };
};

/** Bytes of a module and of the pieces that it imports before it runs. */
const loadedAtOnce = async (bundle: string, file: string, seen = new Set<string>()): Promise<number> => {
  if (seen.has(file)) return 0;
  seen.add(file);
  const code = await readFile(join(bundle, file), 'utf8');
  let bytes = Buffer.byteLength(code);
  for (const [, piece] of code.matchAll(/(?:\bfrom|\bimport) ?["']\.\/([\w.-]+\.mjs)["']/g))
    bytes += await loadedAtOnce(bundle, piece as string, seen);
  return bytes;
};

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    latency: { type: 'string', default: '5' },
    check: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
/** Milliseconds: "single-digit", as DynamoDB's own pages say. */
const latency = Number(values.latency);
const folder = await mkdtemp(join(tmpdir(), 'cold-path-'));

let door = '';
let letsIn = false;
let calls = 0;
const duties = { L: ['school-life', 'direction', 'office'].map((duty) => ({ S: duty })) };
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    calls += 1;
    const link = { 'school:0352072V': { M: { personId: { S: 'p_0c9d4b1e8f7a2c3d5e6f7a8b9c' }, duties } } };
    const card = { pk: { S: 'person' }, sk: { S: 'card' }, door: { S: door }, language: { S: 'fr' }, ...(letsIn && link) };
    const asked = request.headers['x-amz-target'] === undefined;
    response.writeHead(200, { 'content-type': asked ? 'application/json' : 'application/x-amz-json-1.0' });
    const body = calls === 1 ? { Item: card } : { Items: [], Responses: {} };
    setTimeout(() => response.end(JSON.stringify(asked ? { failure: { kind: 'missing', code: 'request.not-found' } } : body)), latency);
  });
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const environment = (context: string) => ({
  AWS_REGION: 'eu-west-3',
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_SESSION_TOKEN: 'example',
  PREAU_STAGE: 'load',
  PREAU_ACCOUNT: '000000000000',
  PREAU_CONTEXT: context,
  PREAU_ENTRY: 'api',
  PREAU_SITE_URL: 'https://preau.example',
  PREAU_SENDER: 'vie-scolaire@preau.example',
});

const run = promisify(execFile);
const once = async (context: string, bundle: string, event: unknown, within = false): Promise<number> => {
  calls = 0;
  letsIn = within;
  const { stderr } = await run(
    process.execPath,
    [join(folder, 'run.mjs'), join(bundle, 'index.mjs'), JSON.stringify(event), ...(within ? ['within'] : [])],
    { env: environment(context) },
  );
  if (within ? calls < 2 : calls !== 1) throw new Error(`${context} made ${calls} calls`);
  return Number(stderr);
};

try {
  await writeFile(join(folder, 'run.mjs'), RUN);
  const ours = await bundleFunctions(catalogue, join(folder, 'ours'));
  const plainly = await bundlePlainly(catalogue, join(folder, 'plainly'));
  const bare = join(folder, 'bare');
  await build({
    stdin: { contents: BARE, resolveDir: fileURLToPath(new URL('../..', import.meta.url)) },
    outfile: join(bare, 'index.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    banner: { js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);` },
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
  });
  let held = true;
  const rows: (readonly string[])[] = [
    ['function', 'loaded', 'cold path', 'bundled plainly', 'ratio', 'bare handler', 'ratio', 'to its answer', 'bundled plainly', 'ratio'],
  ];
  for (const context of catalogue.filter(({ api }) => api)) {
    const { event, ...caller } = eventFor(context);
    door = caller.door;
    const bundle = ours.get(`${context.name}/api`) as string;
    const plain = plainly.get(`${context.name}/api`) as string;
    const measured: Record<Contender, number>[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const one = {
        bare: await once(context.name, bare, event),
        ours: await once(context.name, bundle, event),
        plainly: await once(context.name, plain, event),
        oursWithin: await once(context.name, bundle, event, true),
        plainlyWithin: await once(context.name, plain, event, true),
      };
      // The first round fills the file cache.
      if (round >= 0) measured.push(one);
    }
    const of = (contender: Contender) => `${median(measured.map((one) => one[contender])).toFixed(1)} ms`;
    const toPlainly = median(measured.map((one) => one.ours / one.plainly));
    const toBare = median(measured.map((one) => one.ours / one.bare));
    held &&= toPlainly <= TARGET.plainly && toBare <= TARGET.bare;
    const size = await loadedAtOnce(bundle, 'index.mjs');
    rows.push([
      `${context.name}/api`,
      `${Math.round(size / 1024)} kB`,
      of('ours'),
      of('plainly'),
      toPlainly.toFixed(2),
      of('bare'),
      toBare.toFixed(2),
      of('oursWithin'),
      of('plainlyWithin'),
      median(measured.map((one) => one.oursWithin / one.plainlyWithin)).toFixed(2),
    ]);
  }
  console.log(table(rows));
  console.log(
    `target: at most ${TARGET.plainly} × bundled plainly and ${TARGET.bare} × a bare handler, median of ${rounds} rounds: ${held ? 'held' : 'MISSED'}`,
  );
  if (values.check && !held) process.exitCode = 1;
} finally {
  server.close();
  await rm(folder, { recursive: true });
}
