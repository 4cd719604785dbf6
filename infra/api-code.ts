import { doorsOf, type Grant } from '../shared/kernel/index.ts';
import type { Entry } from './entries.ts';
import { pieceOf } from './trim-source.ts';

export type ApiFunction = Extract<Entry, { kind: 'api' }>;

/** A grant as the adapters need it: a question by its name, since its shapes come with the use cases that ask it. */
const grantCode = (grant: Grant): string => {
  if (grant.kind === 'table') return `{ kind: 'table', table: manifest.table }`;
  if (grant.kind === 'question') return JSON.stringify({ kind: 'question', question: { name: grant.question.name } });
  return JSON.stringify(grant);
};

/** How a piece of an API function is asked for: one of its routes, or what it was granted. */
const pieceName = ({ context }: ApiFunction, of: string): string => `piece:${context}/${of}`;
export const GRANTS = 'grants';

/**
 * An API function's first module: what finds a route, written out from the declared values, and an import for each that its first request
 * makes. `serve` is a path.
 */
export const apiCode = (entry: ApiFunction, serve: string): string => {
  const routes = Object.entries(entry.is.routes).map(([route, { name, method, path, media, rights }]) => {
    const known = JSON.stringify({ name, method, path, media, doors: doorsOf(rights) });
    return `${JSON.stringify(route)}: { ...${known}, load: () => import(${JSON.stringify(pieceName(entry, route))}) },`;
  });
  return [
    `import { serveLate } from ${JSON.stringify(serve)};`,
    `export const handler = serveLate(async () => (await import(${JSON.stringify(pieceName(entry, GRANTS))})).grants, {`,
    ...routes,
    '});',
  ].join('\n');
};

/** The source of each piece, by its name. `source` is what `api.ts` says. */
export const piecesCode = (entry: ApiFunction, source: string): [name: string, code: string][] => [
  [pieceName(entry, GRANTS), `import manifest from './manifest.ts'; export const grants = [${entry.grants.map(grantCode).join(', ')}];`],
  ...Object.keys(entry.is.routes).map((route): [name: string, code: string] => {
    const code = pieceOf(source, route);
    if (code === undefined)
      throw new Error(
        `functions/${entry.context}/api.ts has no use case that can be read for the route ${route}: write it as \`export const handler = serve(manifest.api, { ${route}: useCase })\``,
      );
    return [pieceName(entry, route), code];
  }),
];
