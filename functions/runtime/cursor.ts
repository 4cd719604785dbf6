import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Failure } from '../../shared/kernel/failure.ts';
import { admits, type Range } from './keys.ts';

/**
 * A cursor is the last item's keys beside a fingerprint of the partition it was given for: one of another
 * partition, or one made up, is refused before DynamoDB sees it. It is no secret and opens nothing: the partition
 * always comes from the request's own parameters.
 */
const Cursor = z.tuple([z.string(), z.string().min(1).max(1024)]).rest(z.string().min(1).max(2048));

const fingerprint = (table: string, pattern: string, pk: string): string =>
  createHash('sha256').update(`${table}\n${pattern}\n${pk}`).digest('base64url').slice(0, 11);

type Keys = Readonly<Record<string, string>>;

export const toCursor = (table: string, pattern: string, range: Range, last: Keys): string => {
  const parts = [fingerprint(table, pattern, range.pk), last[range.attributes.sk], ...(range.index ? [last.pk, last.sk] : [])];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
};

const invalid = (): Failure => new Failure('invalid', 'request.invalid-cursor');

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** The key after which to go on. Throws `request.invalid-cursor`. */
export const fromCursor = (table: string, pattern: string, range: Range, cursor: string): Keys => {
  const parsed = Cursor.safeParse(cursor.length > 8192 ? undefined : parse(cursor));
  if (!parsed.success) throw invalid();
  const [mark, at, pk, sk, ...more] = parsed.data;
  if (mark !== fingerprint(table, pattern, range.pk) || !admits(range, at) || more.length > 0) throw invalid();
  if (!range.index) {
    if (pk !== undefined) throw invalid();
    return { pk: range.pk, sk: at };
  }
  if (pk === undefined || sk === undefined || sk.length > 1024) throw invalid();
  return { pk, sk, [range.attributes.pk]: range.pk, [range.attributes.sk]: at };
};
