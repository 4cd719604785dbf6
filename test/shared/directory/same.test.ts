import { expect, it } from 'vitest';
import { same } from '../../../shared/directory/same.ts';

it('does not mind the order of attributes or one that is absent', () => {
  expect(same({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2, d: undefined }], a: 1 })).toBe(true);
});
it.each([
  [{ a: 1 }, { a: 2 }],
  [
    [1, 2],
    [2, 1],
  ],
  [[], {}],
  [{ a: null }, {}],
])('sees that %j is not %j', (a, b) => expect(same(a, b)).toBe(false));
