import { describe, expect, it } from 'vitest';
import { markPure, onlyEntry, onlyRoute, onlyTable, pieceOf, unpacked } from '../../infra/trim-source.ts';

describe('a declaring module', () => {
  it('says of every value it makes that making it does nothing else', () => {
    expect(markPure('export const Name = z.string().min(1);\nconst all = [Name] as const;')).toBe(
      'export const Name = /* @__PURE__ */ (() => (z.string().min(1)))();\nconst all = /* @__PURE__ */ (() => ([Name] as const))();',
    );
  });

  it('keeps functions, plain values and types as they are', () => {
    const source = 'export type Name = string;\nconst two = 2;\nexport const say = (word: string) => word;\nexport function ask() {}\n';
    expect(markPure(source)).toBe(source);
  });

  it('keeps values made inside functions as they are', () => {
    const source = 'export const make = () => {\n  const inner = z.string();\n  return inner;\n};\n';
    expect(markPure(source)).toBe(source);
  });
});

const MANIFEST = `const manifest = defineContext({
  name: 'library',
  table: books,
  api: { routes, grants: [] },
  answers: { questions },
  relay: defineRelay(books, { eventsOf }),
  consumers: {
    'on-book-lent': { on: [bookLent] },
    'on-book-lost': { on: [bookLost] },
  },
});
export default manifest;`;

describe('a manifest', () => {
  it('is left with what its function declares, and the names all share', () => {
    const api = onlyEntry(MANIFEST, { kind: 'api', name: 'api' });
    expect(api).toContain("name: 'library'");
    expect(api).toContain('table: books');
    expect(api).toContain('api: { routes, grants: [] }');
    for (const gone of ['answers', 'relay', 'consumers', 'bookLent']) expect(api).not.toContain(gone);
  });

  it('is left with the one consumer of a consumer', () => {
    const lost = onlyEntry(MANIFEST, { kind: 'consumer', name: 'on-book-lost' });
    expect(lost).toContain('on: [bookLost]');
    for (const gone of ['bookLent', 'routes', 'questions']) expect(lost).not.toContain(gone);
  });
});

describe('one route of an API', () => {
  it('is all that is left of a manifest, however its routes are written', () => {
    const bare = 'const manifest = defineContext({ api: { routes: { lend: ROUTE } } });\nexport default manifest;';
    const written = (routes: string) =>
      `const manifest = defineContext({\n  name: 'library',\n  api: { ${routes}, grants: [] },\n});\nexport default manifest;`;
    expect(onlyRoute(written('routes'), 'lend')).toBe(bare.replace('ROUTE', 'routes.lend'));
    expect(onlyRoute(written('routes: { read, lend }'), 'lend')).toBe(bare.replace('ROUTE', 'lend'));
    expect(onlyRoute(written('routes: { read: routes.read, lend: routes.lend }'), 'lend')).toBe(bare.replace('ROUTE', 'routes.lend'));
  });

  it('is refused where the manifest does not name it', () => {
    const spread = 'const manifest = defineContext({ api: { routes: { ...routes, ...more }, grants: [] } });';
    expect(() => onlyRoute(spread, 'lend')).toThrow('does not name the route lend');
  });

  it('takes the place of the handler, with its use case', () => {
    const api = (useCases: string) => `import { serve } from './serve.ts';\nexport const handler = serve(manifest.api, ${useCases});\n`;
    const piece = "import { serve } from './serve.ts';\nexport const route = manifest.api.routes.lend;\nexport const act = lendBook;\n";
    expect(pieceOf(api('{ read, lend: lendBook }'), 'lend')).toBe(piece);
    expect(pieceOf(api('{ lend }'), 'lend')).toBe(piece.replace('lendBook', 'lend'));
  });

  it('is not guessed when the file is written otherwise', () => {
    expect(pieceOf('export const handler = serve(manifest.api, useCases);', 'lend')).toBeUndefined();
    expect(pieceOf('export const handler = serve(manifest.api, { read });', 'lend')).toBeUndefined();
    expect(pieceOf('export const handler = made;', 'lend')).toBeUndefined();
  });
});

it('leaves a manifest its table alone', () => {
  expect(onlyTable(MANIFEST)).toBe('const manifest = defineContext({ table: books });\nexport default manifest;');
});

it('takes one constant at a time out of what a module declares', () => {
  expect(unpacked('const { read, lend: lendBook } = routes;')).toBe('const read = routes.read;\nconst lendBook = routes.lend;');
  expect(unpacked('const { read } = made();')).toBe('const { read } = made();');
});
