import { isDeepStrictEqual } from 'node:util';
import { fromCursor, toCursor } from '../../functions/runtime/cursor.ts';
import {
  admits,
  compareKeys,
  fromRecord,
  type Key,
  keyOf,
  planUpdate,
  rangeOf,
  type StoredRecord,
  toRecord,
} from '../../functions/runtime/keys.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { indexAttributes } from '../../shared/kernel/names.ts';
import type { Condition, Page, Store } from '../../shared/kernel/store.ts';
import { type Change, type EntityName, indexesOf, type Stored, type Table } from '../../shared/kernel/table.ts';

/** What one call would have cost on DynamoDB: a get of any number of keys costs one request for every 100. */
export interface Consumed {
  readonly kind: 'get' | 'batch' | 'query' | 'write' | 'transaction';
  /** The partition key it met; of the first item, where a call met several. */
  readonly partition: string;
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export type MemoryStore<T extends Table> = Store<T> & {
  /** Everything held, in key order. */
  items(): Stored<T, EntityName<T>>[];
  items<E extends EntityName<T>>(entity: E): Stored<T, E>[];
  /** What the table's stream would have carried so far, oldest first: for `eventsOf`. */
  changes(): Change<T>[];
  /** What was asked of the database so far. */
  consumed(): Consumed[];
  /** Forgets changes and consumption, keeps the items. */
  forget(): void;
};

interface LooseWrite {
  readonly put?: string;
  readonly item?: Record<string, unknown>;
  readonly update?: string;
  readonly set?: Record<string, unknown>;
  readonly add?: Record<string, number>;
  readonly delete?: string;
  readonly check?: string;
  readonly key?: Record<string, unknown>;
  readonly when?: Condition;
}

const MEGABYTE = 1_048_576;
const sizes = new WeakMap<StoredRecord, number>();
/** A record is replaced, never changed: weighed once. */
const size = (record: StoredRecord | undefined): number => {
  if (record === undefined) return 0;
  const known = sizes.get(record) ?? Buffer.byteLength(JSON.stringify(record));
  sizes.set(record, known);
  return known;
};
/** A record holds what DynamoDB holds, which a general clone takes ten times as long to copy. */
const copyOf = <V>(value: V): V => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as V;
  if (value instanceof Uint8Array) return value.slice() as V;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = copyOf(value[name]);
  return copy as V;
};
const units = (bytes: number, of: number): number => Math.max(1, Math.ceil(bytes / of));

const holds = (record: StoredRecord | undefined, { absent, present, is = {}, in: among = {}, below = {} }: Condition): boolean =>
  !(absent && record) &&
  !(present && !record) &&
  Object.entries(is).every(([name, value]) => record?.[name] === value) &&
  Object.entries(among).every(([name, values]) => values.includes(record?.[name] as string)) &&
  Object.entries(below).every(([name, value]) => {
    const held = record?.[name];
    return held === undefined || (typeof held === 'number' && held < value);
  });

/** A whole table in memory with the behaviour of the real store: same keys, schemas, conditions, all-or-nothing transactions and cursors. */
export const memoryStore = <T extends Table>(table: T): MemoryStore<T> => {
  const records = new Map<string, StoredRecord>();
  /** By partition of the table and of each index, as a query looks them up. */
  const partitions = new Map<string, Map<string, StoredRecord>>();
  const leading = ['pk', ...indexesOf(table).map((index) => indexAttributes(index).pk)];
  const partitionOf = (attribute: string, value: unknown): string => `${attribute}=${value}`;
  const replace = (at: string, before: StoredRecord | undefined, next: StoredRecord | undefined) => {
    if (next) records.set(at, next);
    else records.delete(at);
    for (const attribute of leading) {
      if (before?.[attribute] !== undefined) partitions.get(partitionOf(attribute, before[attribute]))?.delete(at);
      if (next?.[attribute] === undefined) continue;
      const name = partitionOf(attribute, next[attribute]);
      const members = partitions.get(name) ?? new Map<string, StoredRecord>();
      partitions.set(name, members.set(at, next));
    }
  };
  /** Records are replaced, never changed: they are copied when somebody asks. */
  let changes: { readonly before: StoredRecord | undefined; readonly next: StoredRecord | undefined }[] = [];
  let consumed: Consumed[] = [];
  const place = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
  const inOrder = (): StoredRecord[] => [...records.values()].sort((a, b) => compareKeys(a.pk, b.pk) || compareKeys(a.sk, b.sk));
  const out = (record: StoredRecord) => copyOf(fromRecord(table, record));
  const spend = (kind: Consumed['kind'], partition: string, requests: number, readUnits: number, writeUnits: number) =>
    void consumed.push({ kind, partition, requests, readUnits, writeUnits });

  const plan = (
    write: LooseWrite,
  ): { at: string; after: (before: StoredRecord | undefined) => StoredRecord | undefined; when: Condition } => {
    const { when = {} } = write;
    if (write.put) {
      const record = copyOf(toRecord(table, write.put, write.item ?? {}));
      return { at: place(record), after: () => record, when };
    }
    if (write.update) {
      const { key, set, remove, add } = planUpdate(table, {
        update: write.update,
        key: write.key ?? {},
        set: write.set ?? {},
        add: write.add ?? {},
      });
      return {
        at: place(key),
        when,
        after: (before) => {
          const record: Record<string, unknown> = { ...before, ...key, ...copyOf(set) };
          for (const attribute of remove) delete record[attribute];
          for (const [attribute, by] of Object.entries(add)) record[attribute] = Number(record[attribute] ?? 0) + by;
          return record as StoredRecord;
        },
      };
    }
    if (write.delete) return { at: place(keyOf(table, write.delete, write.key ?? {})), after: () => undefined, when };
    if (write.check) return { at: place(keyOf(table, write.check, write.key ?? {})), after: (before) => before, when };
    throw new RangeError('a write is a put, an update, a delete or a check');
  };

  const page = async (
    name: string,
    params: Record<string, unknown>,
    options: { limit?: number; cursor?: string; newestFirst?: boolean } = {},
  ): Promise<Page<unknown>> => {
    const range = rangeOf(table, name, params);
    const { pk, sk } = range.attributes;
    const sorted = [...(partitions.get(partitionOf(pk, range.pk))?.values() ?? [])]
      .filter((record) => typeof record[sk] === 'string' && admits(range, record[sk]))
      .sort((a, b) => compareKeys(a[sk] as string, b[sk] as string) || compareKeys(a.pk, b.pk) || compareKeys(a.sk, b.sk));
    if (options.newestFirst) sorted.reverse();
    let from = 0;
    if (options.cursor !== undefined) {
      const start = fromCursor(table.name, name, range, options.cursor);
      const direction = options.newestFirst ? -1 : 1;
      const after = (record: StoredRecord) =>
        (compareKeys(record[sk] as string, start[sk] as string) ||
          compareKeys(record.pk, start.pk as string) ||
          compareKeys(record.sk, start.sk as string)) * direction;
      const next = sorted.findIndex((record) => after(record) > 0);
      from = next < 0 ? sorted.length : next;
    }
    const met: StoredRecord[] = [];
    let bytes = 0;
    for (const record of sorted.slice(from)) {
      if (met.length === options.limit || bytes > MEGABYTE) break;
      met.push(record);
      bytes += size(record);
    }
    spend('query', range.pk, 1, units(bytes, 4096) * (range.index ? 0.5 : 1), 0);
    const items = met.filter((record) => range.entities.has(record.entity)).map(out);
    const last = met.at(-1);
    const more = last !== undefined && (from + met.length < sorted.length || met.length === options.limit);
    return more ? { items, cursor: toCursor(table.name, name, range, last as unknown as Record<string, string>) } : { items };
  };

  const itemsAt = (wanted: readonly Key[]) => {
    const places = [...new Set(wanted.map(place))];
    if (places.length > 0)
      spend(
        'batch',
        (wanted[0] as Key).pk,
        Math.ceil(places.length / 100),
        places.reduce((sum, at) => sum + units(size(records.get(at)), 4096), 0),
        0,
      );
    return places.flatMap((at) => records.get(at) ?? []).map(out);
  };

  const store = {
    async get(entity: string, key: Record<string, unknown>) {
      const where = keyOf(table, entity, key);
      const record = records.get(place(where));
      spend('get', where.pk, 1, units(size(record), 4096), 0);
      return record && record.entity === entity ? out(record) : undefined;
    },
    getMany: async (entity: string, keys: readonly Record<string, unknown>[]) =>
      itemsAt(keys.map((key) => keyOf(table, entity, key))).filter((item) => item.entity === entity),
    read: async (...wanted: readonly { readonly get: string; readonly key: Record<string, unknown> }[]) =>
      itemsAt(wanted.map(({ get, key }) => keyOf(table, get, key))),
    query: page,
    async all(name: string, params: Record<string, unknown>) {
      const items: unknown[] = [];
      let cursor: string | undefined;
      do {
        const one: Page<unknown> = await page(name, params, cursor === undefined ? {} : { cursor });
        items.push(...one.items);
        cursor = one.cursor;
      } while (cursor !== undefined);
      return items;
    },
    async write(...writes: readonly LooseWrite[]) {
      if (writes.length === 0) return;
      if (writes.length > 100) throw new RangeError('a transaction has at most 100 writes');
      const plans = writes.map(plan);
      if (new Set(plans.map(({ at }) => at)).size < plans.length) throw new RangeError('a transaction touches an item once');
      plans.forEach(({ at, when }, index) => {
        if (!holds(records.get(at), when)) throw new Failure('conflict', 'store.condition-failed', { index });
      });
      let written = 0;
      for (const { at, after } of plans) {
        const before = records.get(at);
        const next = after(before);
        written += units(Math.max(size(before), size(next)), 1024);
        if (isDeepStrictEqual(before, next)) continue;
        replace(at, before, next);
        changes.push({ before, next });
      }
      const transaction = plans.length > 1 || writes[0]?.check !== undefined;
      const [partition] = JSON.parse((plans[0] as { at: string }).at) as [string];
      spend(transaction ? 'transaction' : 'write', partition, 1, 0, transaction ? written * 2 : written);
    },
    items: (entity?: string) =>
      inOrder()
        .filter((record) => entity === undefined || record.entity === entity)
        .map(out),
    changes: () =>
      changes.map(({ before, next }) => ({
        entity: (next ?? before)?.entity,
        ...(before && { before: out(before) }),
        ...(next && { after: out(next) }),
      })),
    consumed: () => [...consumed],
    forget() {
      changes = [];
      consumed = [];
    },
  };
  return store as unknown as MemoryStore<T>;
};
