import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { describe, expect, it } from 'vitest';
import { activate, refresh } from '#shared/session/routes.ts';
import { declaredRoutes, oneRouteEach } from '../../web/declared-routes.ts';

const shared = (path: string) => fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));

/** What the browser would receive of a module of shared/. */
async function reaching(path: string, query = ''): Promise<string | undefined> {
  const { load } = declaredRoutes(shared('.')) as Plugin & { load: (this: unknown, id: string) => Promise<string | undefined> };
  return load.call({ addWatchFile: () => {} }, shared(path) + query);
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
  it('is one route where one is asked for', async () => {
    const light = await evaluate((await reaching('session/routes.ts', '?only=refresh')) ?? '');
    expect(Object.keys(light)).toEqual(['refresh']);
    expect(light.refresh).toMatchObject({ name: refresh.name, path: refresh.path });
  });
  it('passes as it is when it holds no schema', async () => {
    expect(await reaching('kernel/template.ts')).toBeUndefined();
  });
});

describe('a page that names routes', () => {
  const { transform } = oneRouteEach() as Plugin & { transform: { handler: (code: string) => { code: string } } };
  const handler = (code: string) => transform.handler(code).code;
  it('imports each by itself', () => {
    expect(handler(`import { me, overview as all } from "#shared/directory/routes.ts";`)).toBe(
      `import { me } from '#shared/directory/routes.ts?only=me'; import { overview as all } from '#shared/directory/routes.ts?only=overview';`,
    );
    expect(handler(`import{a}from'#shared/attendance/exit-routes.ts';b()`)).toBe(
      `import { a } from '#shared/attendance/exit-routes.ts?only=a';b()`,
    );
  });
  it('imports anything else as before', () => {
    for (const code of [`import { call } from "#lib/api/index.ts";`, `import { routes } from "./routes.ts";`])
      expect(handler(code)).toBe(code);
  });
});
