import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions, bundlerOf } from '../../infra/bundle.ts';
import { catalogue } from '../../infra/catalogue.ts';
import { memoryStore } from '../doubles/index.ts';
import library from './library/functions/library/manifest.ts';

const root = fileURLToPath(new URL('./library', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'preau-bundle-'));
let folders: Map<string, string>;
beforeAll(async () => {
  folders = await bundleFunctions([library], join(folder, 'functions'), { root });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));
/** What a deployment tells every function. */
const ENVIRONMENT = {
  PREAU_STAGE: 'test',
  PREAU_ACCOUNT: '000000000000',
  PREAU_CONTEXT: 'context',
  PREAU_ENTRY: 'entry',
  PREAU_SITE_URL: 'https://preau.example',
  PREAU_SENDER: 'ne-pas-repondre@preau.example',
  PREAU_POOLS: '{}',
  AWS_REGION: 'eu-west-3',
};
const codeOf = (name: string) => readFile(join(folders.get(name) as string, 'index.mjs'), 'utf8');

describe('a bundle', () => {
  it('is made for every entry of every manifest, in a folder of its context', () => {
    expect([...folders]).toEqual(
      ['api', 'relay', 'on-book-lent', 'lend-later'].map((name) => [`library/${name}`, join(folder, 'functions/library', name)]),
    );
  });

  it('carries the adapters that its entry was granted, and no others', async () => {
    expect(await codeOf('library/lend-later')).toContain('SendRawEmail');
    const consumer = await codeOf('library/on-book-lent');
    expect(consumer).toContain('TransactWriteItems');
    for (const dropped of ['SendRawEmail', 'AdminInitiateAuth', 'PutParameter', 'HeadObject', 'SendMessage'])
      expect(consumer).not.toContain(dropped);
  });

  it('of an API function keeps beside it, in pieces of its own, what its first answer does not need', async () => {
    const beside = (await readdir(folders.get('library/api') as string)).filter((file) => file.startsWith('files-'));
    expect(beside).toHaveLength(1);
    expect(await codeOf('library/api')).not.toContain('HeadObject');
    expect(await readFile(join(folders.get('library/api') as string, beside[0] as string), 'utf8')).toContain('HeadObject');
  });

  it('of an API function loads a route with its use case when it is first asked for, and finds it without', async () => {
    const beside = (await readdir(folders.get('library/api') as string)).filter((file) => file.startsWith('readHours-'));
    expect(beside).toHaveLength(1);
    expect(await codeOf('library/api')).toContain('"/hours"');
    expect(await codeOf('library/api')).not.toContain('8–17');
    expect(await readFile(join(folders.get('library/api') as string, beside[0] as string), 'utf8')).toContain('8\\u201317');
  });

  it('carries nothing of what its siblings declare', async () => {
    expect(await codeOf('library/api')).toContain('read-hours');
    expect(await codeOf('library/on-book-lent')).not.toContain('read-hours');
  });

  it('leaves out what Lambda never needs: other credentials, and importing node:http', async () => {
    const api = await codeOf('library/api');
    expect(api).not.toContain('AWS_CONTAINER_CREDENTIALS');
    expect(api).not.toMatch(/from ?["'](node:)?http["']/);
    expect(api.length).toBeLessThan(600_000);
  });

  it('loads, and its handler answers', async () => {
    const { handler } = (await import(join(folders.get('library/api') as string, 'index.mjs'))) as {
      handler: (event: unknown, context: unknown) => Promise<unknown>;
    };
    const event = { rawPath: '/api/public/library/hours', headers: {}, requestContext: { http: { method: 'GET' } } };
    expect(await handler(event, { awsRequestId: 'r', getRemainingTimeInMillis: () => 10_000 })).toMatchObject({
      statusCode: 200,
      body: '"8–17"',
    });
  });

  it('frames a file that has only its use case', async () => {
    expect(Object.keys((await import(join(folders.get('library/on-book-lent') as string, 'index.mjs'))) as object)).toEqual(['handler']);
    expect(Object.keys((await import(join(folders.get('library/relay') as string, 'index.mjs'))) as object)).toEqual(['handler']);
  });

  it('is made again, alone, when one of its files is edited', async () => {
    const bundler = await bundlerOf([library], join(folder, 'again'), { root });
    const edited = async (file: string) => [...(await bundler.bundle([join(root, 'functions/library', file)])).keys()];
    expect([...(await bundler.bundle()).keys()]).toEqual([...folders.keys()]);
    expect(await edited('api.ts')).toEqual(['library/api']);
    expect(await edited('on-book-lent.ts')).not.toContain('library/api');
    expect(await edited('on-book-lent.ts')).toContain('library/on-book-lent');
    expect(await edited('nobody-imports-this.ts')).toEqual([]);
    await bundler.dispose();
  });

  it('is refused, naming file and remedy, when the manifest declares what is not there', async () => {
    const promising = { ...library, schedules: { 'count-books': { grants: [], loses: 'No count.', everyMinutes: 5 } } };
    await expect(bundleFunctions([promising], join(folder, 'missing'), { root })).rejects.toThrow(
      'there is no functions/library/count-books.ts',
    );
  });

  it('is refused, naming file and remedy, when the use case of a route cannot be read', async () => {
    const { readHours } = library.api.routes;
    const more = { ...library, api: { ...library.api, routes: { readHours, readRules: { ...readHours, path: '/rules' } } } };
    await expect(bundleFunctions([more], join(folder, 'unread'), { root })).rejects.toThrow(
      'functions/library/api.ts has no use case that can be read for the route readRules',
    );
  });
});

it('shares the keys of its tables with the double that tests use', async () => {
  const store = memoryStore(library.table);
  await store.write({ put: 'loan', item: { uai: '0750001A', book: 'a' } });
  expect(store.items('loan')).toHaveLength(1);
});

it('gives every function of the house a module that loads', async () => {
  const out = join(folder, 'house');
  for (const [name, path] of await bundleFunctions(catalogue, out)) {
    // In a process of its own, as Lambda does: a module that leans on another's side effects dies here.
    const load = `await import(${JSON.stringify(join(path, 'index.mjs'))}).then(({ handler }) => { if (typeof handler !== 'function') throw new Error('no handler'); })`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', load], {
      encoding: 'utf8',
      env: { ...process.env, ...ENVIRONMENT },
    });
    expect(status, `${name}: ${stderr.slice(0, 400)}`).toBe(0);
  }
}, 60_000);
