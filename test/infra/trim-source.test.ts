import { describe, expect, it } from 'vitest';
import { markPure, onlyEntry } from '../../infra/trim-source.ts';

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
