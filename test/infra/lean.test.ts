import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lean, pastIndexes } from '../../infra/lean.ts';

/** The SDK and zod as bundles have them, spoken to over a real socket: what was left out must not be missed. */
const SOURCE = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
const settings = (endpoint) => ({ region: 'eu-west-3', endpoint, maxAttempts: 1, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
const s3 = (endpoint) => new S3Client({ ...settings(endpoint), forcePathStyle: true });
export const item = async (endpoint) =>
  (await new DynamoDBClient(settings(endpoint)).send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } }))).Item;
export const put = (endpoint, Body) => s3(endpoint).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body }));
export const get = async (endpoint) =>
  (await s3(endpoint).send(new GetObjectCommand({ Bucket: 'b', Key: 'k', ChecksumMode: 'ENABLED' }))).Body.transformToString();
export const parse = (value) => z.object({ day: z.iso.date(), count: z.coerce.number().int().min(1) }).safeParse(value);
`;

const checksum = (text: string): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64');
};

interface Speaks {
  item(endpoint: string): Promise<unknown>;
  put(endpoint: string, body: string): Promise<unknown>;
  get(endpoint: string): Promise<string>;
  parse(value: unknown): { success: boolean; error?: { issues: { path: string[]; code: string }[] } };
}

const folder = await mkdtemp(join(tmpdir(), 'preau-lean-'));
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end();
const server = createServer((request, response) => request.resume().on('end', () => answer(request, response)));
let endpoint = '';
let speaks: Speaks;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await build({
    stdin: { contents: SOURCE, resolveDir: fileURLToPath(new URL('../..', import.meta.url)) },
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    logLevel: 'silent',
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    plugins: [lean],
  });
  speaks = (await import(join(folder, 'index.mjs'))) as Speaks;
}, 60_000);
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('a lean bundle', () => {
  it('signs what it asks of DynamoDB and reads the answer', async () => {
    let signed: string | undefined;
    answer = (request, response) => {
      signed = request.headers.authorization;
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"Item":{"pk":{"S":"a"}}}');
    };
    expect(await speaks.item(endpoint)).toEqual({ pk: { S: 'a' } });
    expect(signed).toMatch(/^AWS4-HMAC-SHA256 Credential=a\/\d{8}\/eu-west-3\/dynamodb\/aws4_request/);
  });

  it('sends the sum of a file with it', async () => {
    let sum: unknown;
    answer = (request, response) => {
      sum = request.headers['x-amz-checksum-crc32'];
      response.end();
    };
    await speaks.put(endpoint, 'a proof');
    expect(sum).toBe(checksum('a proof'));
  });

  it('reads a file whose sum is right, and none whose sum is wrong', async () => {
    const file = (sum: string) => (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(200, { 'x-amz-checksum-crc32': sum }).end('a proof');
    answer = file(checksum('a proof'));
    expect(await speaks.get(endpoint)).toBe('a proof');
    answer = file(checksum('another'));
    await expect(speaks.get(endpoint)).rejects.toThrow(/checksum/i);
  });

  it('takes what fits a schema, and says where another does not', () => {
    expect(speaks.parse({ day: '2026-09-15', count: '2' }).success).toBe(true);
    expect(speaks.parse({ day: '2026-02-30', count: 0 }).error?.issues).toMatchObject([
      { path: ['day'], code: 'invalid_format' },
      { path: ['count'], code: 'too_small' },
    ]);
  });
});

describe('an import from an index of the SDK', () => {
  const index = new Map([
    ['Json', '/sdk/json/Json'],
    ['Xml', '/sdk/xml/Xml'],
  ]);
  it('goes to where each name is defined', () => {
    expect(pastIndexes(`import { Json, Xml as X } from "@aws-sdk/core/protocols";`, () => index)).toBe(
      `import { Json } from "/sdk/json/Json"; import { Xml as X } from "/sdk/xml/Xml";`,
    );
  });
  it('stays where the index itself makes the name, and for what is no index', () => {
    expect(pastIndexes(`import { Own } from "@smithy/core/serde";`, () => index)).toBe(`import { Own } from "@smithy/core/serde";`);
    const other = `import { S3Client } from "@aws-sdk/client-s3";`;
    expect(pastIndexes(other, () => index)).toBe(other);
  });
});
