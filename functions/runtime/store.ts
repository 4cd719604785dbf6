import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Failure } from '../../shared/kernel/failure.ts';
import type { Condition, Page, Store } from '../../shared/kernel/store.ts';
import type { Table } from '../../shared/kernel/table.ts';
import { backOff } from './clients.ts';
import { fromCursor, toCursor } from './cursor.ts';
import { dynamo, recordAt } from './dynamo.ts';
import { fromRecord, type Key, keyOf, planUpdate, rangeOf, toRecord } from './keys.ts';

const ATTEMPTS = 5;
type Attributes = Readonly<Record<string, unknown>>;

interface LooseWrite {
  readonly put?: string;
  readonly item?: Attributes;
  readonly update?: string;
  readonly set?: Attributes;
  readonly add?: Readonly<Record<string, number>>;
  readonly delete?: string;
  readonly check?: string;
  readonly key?: Attributes;
  readonly when?: Condition;
}

/** Collects the names and values of an expression: every attribute goes by an alias, so none can clash with a reserved word. */
class Expression {
  readonly #names = new Map<string, string>();
  readonly #values: Record<string, unknown> = {};
  #count = 0;

  name(attribute: string): string {
    let alias = this.#names.get(attribute);
    if (alias === undefined) {
      alias = `#${this.#names.size}`;
      this.#names.set(attribute, alias);
    }
    return alias;
  }

  value(value: unknown): string {
    const alias = `:${this.#count++}`;
    this.#values[alias] = value;
    return alias;
  }

  aliases(): { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Record<string, AttributeValue> } {
    return {
      ...(this.#names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries([...this.#names].map(([attribute, alias]) => [alias, attribute])),
      }),
      ...(this.#count > 0 && { ExpressionAttributeValues: marshall(this.#values) }),
    };
  }
}

const conditionOf = (expression: Expression, { absent, present, is = {}, in: among = {}, below = {} }: Condition): string =>
  [
    ...(absent ? [`attribute_not_exists(${expression.name('pk')})`] : []),
    ...(present ? [`attribute_exists(${expression.name('pk')})`] : []),
    ...Object.entries(is).map(([attribute, value]) => `${expression.name(attribute)} = ${expression.value(value)}`),
    ...Object.entries(among).map(
      ([attribute, values]) => `${expression.name(attribute)} IN (${values.map((value) => expression.value(value)).join(', ')})`,
    ),
    ...Object.entries(below).map(
      ([attribute, value]) =>
        `(attribute_not_exists(${expression.name(attribute)}) OR ${expression.name(attribute)} < ${expression.value(value)})`,
    ),
  ].join(' AND ');

const keyRecord = ({ pk, sk }: Key) => ({ pk: { S: pk }, sk: { S: sk } });

/** One write as the member of a transaction; a single one is sent by its own command, at half the price. */
const toTransactItem = (table: Table, tableName: string, write: LooseWrite): TransactWriteItem => {
  const expression = new Expression();
  const condition = write.when ? conditionOf(expression, write.when) : '';
  const guarded = condition === '' ? {} : { ConditionExpression: condition };
  const { put, update, key = {} } = write;
  if (put)
    return { Put: { TableName: tableName, Item: marshall(toRecord(table, put, write.item ?? {})), ...guarded, ...expression.aliases() } };
  if (update) {
    const plan = planUpdate(table, { update, key, set: write.set ?? {}, add: write.add ?? {} });
    const set = Object.entries(plan.set).map(([attribute, value]) => `${expression.name(attribute)} = ${expression.value(value)}`);
    const remove = plan.remove.map((attribute) => expression.name(attribute));
    const add = Object.entries(plan.add).map(([attribute, value]) => `${expression.name(attribute)} ${expression.value(value)}`);
    const clauses = [
      `SET ${set.join(', ')}`,
      ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
      ...(add.length > 0 ? [`ADD ${add.join(', ')}`] : []),
    ];
    return {
      Update: { TableName: tableName, Key: keyRecord(plan.key), UpdateExpression: clauses.join(' '), ...guarded, ...expression.aliases() },
    };
  }
  if (write.delete)
    return { Delete: { TableName: tableName, Key: keyRecord(keyOf(table, write.delete, key)), ...guarded, ...expression.aliases() } };
  if (write.check) {
    return {
      ConditionCheck: {
        TableName: tableName,
        Key: keyRecord(keyOf(table, write.check, key)),
        ConditionExpression: condition,
        ...expression.aliases(),
      },
    };
  }
  throw new RangeError('a write is a put, an update, a delete or a check');
};

const targetOf = (item: TransactWriteItem): string => {
  const key = item.Put?.Item ?? item.Update?.Key ?? item.Delete?.Key ?? item.ConditionCheck?.Key;
  return JSON.stringify([key?.pk?.S, key?.sk?.S]);
};

const refused = (index: number): Failure => new Failure('conflict', 'store.condition-failed', { index });

const writeOne = async ({ Put, Update, Delete }: TransactWriteItem): Promise<void> => {
  try {
    if (Put) await dynamo().send(new PutItemCommand(Put));
    if (Update) await dynamo().send(new UpdateItemCommand(Update));
    if (Delete) await dynamo().send(new DeleteItemCommand(Delete));
  } catch (error) {
    throw error instanceof ConditionalCheckFailedException ? refused(0) : error;
  }
};

/** A conflict with another transaction is not an answer: it is tried again. A condition that does not hold is one. */
const writeAll = async (items: TransactWriteItem[]): Promise<void> => {
  for (let attempt = 0; ; attempt++) {
    try {
      await dynamo().send(new TransactWriteItemsCommand({ TransactItems: items }));
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
      const failed = codes.indexOf('ConditionalCheckFailed');
      if (failed >= 0) throw refused(failed);
      const passing = codes.some(
        (code) => code === 'TransactionConflict' || code === 'ThrottlingError' || code === 'ProvisionedThroughputExceeded',
      );
      if (!passing || attempt >= ATTEMPTS - 1) throw error;
    }
    await backOff(attempt);
  }
};

const readMany = async (tableName: string, keys: readonly Key[]): Promise<Record<string, AttributeValue>[]> => {
  const found: Record<string, AttributeValue>[] = [];
  let left: Record<string, AttributeValue>[] = keys.map(keyRecord);
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt >= ATTEMPTS) throw new Failure('unavailable', 'request.unavailable');
    if (attempt > 0) await backOff(attempt);
    const { Responses, UnprocessedKeys } = await dynamo().send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: left, ConsistentRead: true } } }),
    );
    found.push(...(Responses?.[tableName] ?? []));
    left = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return found;
};

/** A context's table on DynamoDB. Only declared patterns can be asked; reads are consistent except over an index. */
export const dynamoStore = <T extends Table>(table: T, tableName: string): Store<T> => {
  const itemsAt = async (keys: readonly Key[]) => {
    const wanted = [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
    const batches: Key[][] = [];
    for (let from = 0; from < wanted.length; from += 100) batches.push(wanted.slice(from, from + 100));
    const found = await Promise.all(batches.map((batch) => readMany(tableName, batch)));
    return found.flat().map((record) => fromRecord(table, unmarshall(record)));
  };
  const page = async (
    name: string,
    params: Attributes,
    { limit, cursor, newestFirst }: { limit?: number; cursor?: string; newestFirst?: boolean } = {},
  ): Promise<Page<unknown>> => {
    const range = rangeOf(table, name, params);
    const expression = new Expression();
    const sort = () => expression.name(range.attributes.sk);
    const where = [
      `${expression.name(range.attributes.pk)} = ${expression.value(range.pk)}`,
      ...(range.prefix === undefined ? [] : [`begins_with(${sort()}, ${expression.value(range.prefix)})`]),
      ...(range.between ? [`${sort()} BETWEEN ${expression.value(range.between[0])} AND ${expression.value(range.between[1])}`] : []),
    ];
    const { Items = [], LastEvaluatedKey } = await dynamo().send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: where.join(' AND '),
        ...(range.index ? { IndexName: range.index } : { ConsistentRead: true }),
        ...(limit !== undefined && { Limit: limit }),
        ...(newestFirst && { ScanIndexForward: false }),
        ...(cursor !== undefined && { ExclusiveStartKey: marshall(fromCursor(table.name, name, range, cursor)) }),
        ...expression.aliases(),
      }),
    );
    const items = Items.map((record) => fromRecord(table, unmarshall(record))).filter(({ entity }) => range.entities.has(entity));
    return LastEvaluatedKey ? { items, cursor: toCursor(table.name, name, range, unmarshall(LastEvaluatedKey)) } : { items };
  };

  const store = {
    async get(entity: string, key: Attributes) {
      const record = await recordAt(tableName, keyOf(table, entity, key));
      return record?.entity === entity ? fromRecord(table, record) : undefined;
    },
    getMany: async (entity: string, keys: readonly Attributes[]) =>
      (await itemsAt(keys.map((key) => keyOf(table, entity, key)))).filter((item) => item.entity === entity),
    read: (...wanted: readonly { readonly get: string; readonly key: Attributes }[]) =>
      itemsAt(wanted.map(({ get, key }) => keyOf(table, get, key))),
    query: page,
    async all(name: string, params: Attributes) {
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
      if (writes.length > 100) throw new RangeError('a transaction has at most 100 writes');
      const items = writes.map((write) => toTransactItem(table, tableName, write));
      if (new Set(items.map(targetOf)).size < items.length) throw new RangeError('a transaction touches an item once');
      const [only] = items;
      if (!only) return;
      if (items.length === 1 && !only.ConditionCheck) await writeOne(only);
      else await writeAll(items);
    },
  };
  return store as unknown as Store<T>;
};
