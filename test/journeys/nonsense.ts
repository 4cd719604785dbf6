import fc from 'fast-check';
import type { Operation, Shape } from './operations.ts';

/** A word that no answer has a reason to say: whoever repeats what it was sent is found by it. */
export const MARK = 'zq7nonsense';

/** Text that breaks somebody, somewhere. */
const TEXTS = [
  '',
  MARK,
  `${MARK}\0`,
  '\ud800',
  `${MARK}\u202e`,
  '\u200b',
  'e\u0301',
  `${MARK}${'x'.repeat(10_000)}`,
  `<img src=x onerror=${MARK}>`,
  `{{${MARK}}}`,
  `${MARK}\r\nBcc: a@b.example`,
  `=HYPERLINK("${MARK}")`,
  '2026-02-30',
  '9999-12-31',
  '0000-00-00',
  '../../etc/passwd',
  'p_00000000#p_00000000',
  '__proto__',
  'constructor',
];
const NUMBERS = [0, -1, 1e9, 1e308, 2 ** 53 + 1, 0.5, Number.MIN_VALUE, -0];

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(...TEXTS, ...NUMBERS, null, true, false),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('uai', 'personId', 'role', 'toString', MARK, ''), tie('any'), { maxKeys: 3 }),
  ),
})).any;

const nested = (depth: number): string => `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;

/** Bodies that are no JSON, or JSON that two readers read in two ways. */
const rawBodies = (example: string): readonly string[] => [
  '',
  '{',
  'null',
  '[]',
  '"',
  `"${MARK}"`,
  '1e309',
  'NaN',
  '{"a":NaN}',
  nested(5_000),
  `{"__proto__":{"role":"direction"},"x":"${MARK}"}`,
  `{"constructor":{"prototype":{"x":1}}}`,
  example.replace(/^\{/, `{"${MARK}":1,`).replace(',}', '}'),
  example.replace(/"(\w+)":/, '"$1":1,"$1":'),
  `{"n":9007199254740993,"x":"\\ud800"}`,
  `{"n":1e309}`,
  `\ufeff${example}`,
  JSON.stringify({ x: MARK.repeat(30_000) }),
];

const TYPES = [
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
];

/** What stands for a parameter of the path. */
const SEGMENTS = [
  '..%2f..%2fetc',
  '%00',
  '%2e%2e',
  '%ff%fe',
  '%',
  '%ED%A0%80',
  encodeURIComponent(`${MARK}#x`),
  encodeURIComponent('p_00000000\n'),
  `${MARK}${'x'.repeat(3_000)}`,
  '__proto__',
  'constructor',
  '2026-02-30',
  '-1',
  '0359901X%2F..',
  encodeURIComponent('\u202e\u200bp_00000000'),
];

const forged = (parts: unknown): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
const CURSORS = [
  MARK,
  forged(['x', 'y']),
  forged([]),
  forged({ pk: 'x' }),
  forged(['AAAAAAAAAAA', '0359901X#p', 'x', 'y']),
  'A'.repeat(3_900),
  '%00',
];
const QUERIES = [...NUMBERS.map(String), '1e9', '0x10', 'NaN', '', MARK, '%00', '%ff', '2026-02-30', '[]'];

export interface Nonsense {
  readonly what: string;
  /** Instead of honest values. */
  readonly segments?: Readonly<Record<string, string>>;
  readonly search?: string;
  readonly body?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The example with one thing in it exchanged for anything. */
const spoiled = (schema: Shape, example: unknown): fc.Arbitrary<string> => {
  const names = [...Object.keys(schema.properties ?? {}), MARK, '__proto__'];
  return fc
    .tuple(fc.constantFrom(...names), value)
    .map(([name, one]) => JSON.stringify(Object.fromEntries([...Object.entries((example ?? {}) as object), [name, one]])));
};

/** A way to send an operation what it does not expect. */
export function nonsenseFor({ params, query, body, idempotent }: Operation): fc.Arbitrary<Nonsense> {
  const kinds: fc.Arbitrary<Nonsense>[] = [
    fc
      .constantFrom('x'.repeat(5_000), `${MARK}=1`, '&&==', '%', '%00=%00', '__proto__=1', `a[]=${MARK}`, `${'a=1&'.repeat(2_000)}`)
      .map((search) => ({
        what: 'a query nobody asked for',
        search,
      })),
  ];
  if (params.length > 0)
    kinds.push(
      fc.tuple(fc.constantFrom(...params), fc.constantFrom(...SEGMENTS)).map(([{ name }, segment]) => ({
        what: `${name} in the path`,
        segments: { [name]: segment },
      })),
    );
  if (query.length > 0)
    kinds.push(
      fc.constantFrom(...query).chain(({ name }) =>
        fc
          .oneof(
            fc.constantFrom(...(name === 'cursor' ? CURSORS : QUERIES)),
            fc.constantFrom(...TEXTS).map((text) => encodeURIComponent(text.toWellFormed())),
          )
          .map((one) => ({ what: `${name} in the query`, search: `${name}=${one}` })),
      ),
    );
  if (body) {
    const example = JSON.stringify(body.example ?? {});
    kinds.push(
      spoiled(body.schema, body.example).map((text) => ({ what: 'a spoiled body', body: text })),
      spoiled(body.schema, body.example).map((text) => ({ what: 'another spoiled body', body: text })),
      fc.constantFrom(...rawBodies(example)).map((text) => ({ what: 'a broken body', body: text })),
      fc.constantFrom(...TYPES).map((type) => ({ what: `a body said to be ${type}`, body: example, type })),
    );
  } else kinds.push(fc.constantFrom(...rawBodies('{}')).map((text) => ({ what: 'a body nobody asked for', body: text })));
  if (idempotent)
    kinds.push(
      fc.constantFrom('', 'short', `${MARK}${'x'.repeat(200)}`, '../../../../../../x').map((key) => ({
        what: 'a key that is none',
        headers: { 'idempotency-key': key },
        ...(body && { body: JSON.stringify(body.example) }),
      })),
    );
  return fc.oneof(...kinds);
}
