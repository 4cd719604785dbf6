import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { type Plugin, runnerImport } from 'vite';
import type { Route } from '../shared/kernel/route.ts';

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value));

const isRoute = (value: unknown): value is Route => isPlain(value) && (value as { kind?: unknown }).kind === 'route';

/** Words, numbers, and lists of them. */
const isConstant = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) || (isPlain(value) && Object.values(value).every(isConstant));

/** What the browser needs to know of a route: how to call it. */
const callOf = ({ kind, name, method, path, rights, media, idempotent }: Route) => ({
  kind,
  name,
  method,
  path,
  rights: rights === 'public' ? rights : {},
  media,
  idempotent,
});

/**
 * A page imports a route from `shared/<context>/routes.ts`, the very declaration that makes the API, and has its types.
 * What reaches the browser is how to call it: modules of `shared/` that hold schemas are evaluated here, at build
 * time, and only their routes and constants are let through. The schemas, and zod with them (a third of a page's
 * budget), stay behind; so do functions that live beside schemas, and the build says so when a page asks for one.
 */
export function declaredRoutes(shared: string): Plugin {
  const root = resolve(shared) + sep;
  return {
    name: 'preau:declared-routes',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^zod(\/|$)/ },
      handler(_id, importer) {
        this.error(`zod would reach the browser through ${importer ?? 'an entry'}: import its types only (import type …).`);
      },
    },
    async load(id) {
      const [file] = id.split('?') as [string];
      if (!file.startsWith(root) || !file.endsWith('.ts')) return;
      if (!file.endsWith('routes.ts') && !/^import \* as z from 'zod'/m.test(await readFile(file, 'utf8'))) return;
      const [, only] = /[?&]only=(\w+)/.exec(id) ?? [];
      const { module, dependencies } = await runnerImport<Record<string, unknown>>(file, { configFile: false, root });
      for (const dependency of dependencies) this.addWatchFile(resolve(root, dependency));
      return Object.entries(module)
        .filter(([key, value]) => (only === undefined || key === only) && (isRoute(value) || isConstant(value)))
        .map(([key, value]) => `export const ${key} = ${JSON.stringify(isRoute(value) ? callOf(value) : value)};`)
        .join('\n');
    },
  };
}

/**
 * A page that calls one route carries one, not all that are declared beside it: each is a module of its own, imported by who names it. Through
 * the list of them, each would be needed wherever any is.
 */
export const oneRouteEach = (): Plugin => ({
  name: 'preau:one-route-each',
  enforce: 'post',
  transform: {
    filter: { code: /routes\.ts["']/ },
    handler: (code) => ({
      code: code.replace(/\bimport\s*\{([^}]+)\}\s*from\s*["'](#shared\/[\w/-]*routes\.ts)["'];?/g, (_, names: string, from: string) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
          .map((name) => `import { ${name} } from '${from}?only=${name.split(/\s/)[0]}';`)
          .join(' '),
      ),
      // The site is built without source maps.
      map: null,
    }),
  },
});
