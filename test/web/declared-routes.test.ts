import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { describe, expect, it } from 'vitest';
import { activate, refresh } from '#shared/session/routes.ts';
import { declaredRoutes } from '../../web/declared-routes.ts';

const shared = (path: string) => fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));

/** What the browser would receive of a module of shared/. */
async function reaching(path: string): Promise<string | undefined> {
  const { load } = declaredRoutes(shared('.')) as Plugin & { load: (this: unknown, id: string) => Promise<string | undefined> };
  return load.call({ addWatchFile: () => {} }, shared(path));
}
const evaluate = (code: string) => import(`data:text/javascript,${encodeURIComponent(code)}`) as Promise<Record<string, unknown>>;

describe('a module of shared/ on its way to the browser', () => {
  it('keeps how to call its routes', async () => {
    const light = await evaluate((await reaching('session/routes.ts')) ?? '');
    for (const [key, { name, method, path, rights, idempotent }] of Object.entries({ activate, refresh })) {
      expect(light[key]).toMatchObject({ name, method, path, rights, idempotent });
    }
  });
  it('leaves its schemas behind', async () => {
    const code = (await reaching('session/routes.ts')) ?? '';
    expect(code).not.toMatch(/import|zod|_zod|"body"|"answer"|example/);
    expect(code.length).toBeLessThan(8000);
  });
  it('keeps constants that live beside schemas, and not the schemas', async () => {
    const light = await evaluate((await reaching('session/credential.ts')) ?? '');
    expect(light).toMatchObject({ PASSWORD_MIN: expect.any(Number), CODE_LENGTH: expect.any(Number) });
    expect(light).not.toHaveProperty('Password');
  });
  it('passes as it is when it holds no schema', async () => {
    expect(await reaching('kernel/template.ts')).toBeUndefined();
  });
});
