import { indexAttributes } from '../../shared/kernel/names.ts';
import type { Entity, Pattern, Table } from '../../shared/kernel/table.ts';
import { fill, paramsOf } from '../../shared/kernel/template.ts';

/** Pure: how an item becomes a DynamoDB record and back. The real store and the in-memory one share it, so a test's keys are the real keys. */

type Attributes = Readonly<Record<string, unknown>>;
export type Key = { readonly pk: string; readonly sk: string };
export type StoredRecord = Key & { readonly entity: string; readonly [attribute: string]: unknown };

const entityOf = (table: Table, name: string): Entity => {
  const entity = table.entities[name];
  if (!entity) throw new RangeError(`table ${table.name} has no entity ${name}`);
  return entity;
};

const required = (template: string, values: Attributes): string => {
  const filled = fill(template, values);
  if (!filled) throw new RangeError(`the key ${template} lacks one of ${paramsOf(template).join(', ')}`);
  return filled;
};

export const keyOf = (table: Table, name: string, values: Attributes): Key => {
  const { pk, sk } = entityOf(table, name);
  return { pk: required(pk, values), sk: required(sk, values) };
};

/** What DynamoDB can hold, with absent values left out; a Date or NaN is a mistake of the caller, found in tests as in production. */
const storable = (value: unknown, path: string): unknown => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value instanceof Uint8Array) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((one, index) => storable(one, `${path}[${index}]`));
  if (typeof value === 'object' && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, storable(one, `${path}.${name}`)]])),
    );
  }
  throw new RangeError(`${path} holds a value that a table cannot keep`);
};

const indexKeys = (entity: Entity, values: Attributes): [attribute: string, template: string, value: string | undefined][] =>
  Object.entries(entity.indexes ?? {}).flatMap(([index, { pk, sk }]) => {
    const attribute = indexAttributes(index);
    return [
      [attribute.pk, pk, fill(pk, values)],
      [attribute.sk, sk, fill(sk, values)],
    ] as [string, string, string | undefined][];
  });

/** The record of an item: its schema's output, keys, the entity's name and the index attributes it is complete for. */
export const toRecord = (table: Table, name: string, item: Attributes): StoredRecord => {
  const entity = entityOf(table, name);
  const { entity: _, ...given } = item;
  const values = storable(entity.schema.parse(given), name) as Attributes;
  const indexed = Object.fromEntries(
    indexKeys(entity, values)
      .filter(([, , value]) => value !== undefined)
      .map(([attribute, , value]) => [attribute, value]),
  );
  return { ...values, ...indexed, ...keyOf(table, name, values), entity: name };
};

const hidden = new WeakMap<Table, ReadonlySet<string>>();
const hiddenAttributes = (table: Table): ReadonlySet<string> => {
  let known = hidden.get(table);
  if (!known) {
    const indexes = Object.values(table.entities).flatMap(({ indexes }) => Object.keys(indexes ?? {}));
    known = new Set(['pk', 'sk', ...indexes.flatMap((index) => Object.values(indexAttributes(index)))]);
    hidden.set(table, known);
  }
  return known;
};

/** The item of a record: its attributes and which entity it is, without keys. */
export const fromRecord = (table: Table, record: Attributes): Record<string, unknown> & { entity: string } => {
  const keys = hiddenAttributes(table);
  const item: Record<string, unknown> = {};
  for (const name in record) if (!keys.has(name)) item[name] = record[name];
  return item as Record<string, unknown> & { entity: string };
};

export interface UpdatePlan {
  readonly key: Key;
  readonly set: Attributes;
  readonly remove: readonly string[];
  readonly add: Readonly<Record<string, number>>;
}

const parseAttribute = (entity: Entity, name: string, attribute: string, value: unknown): unknown => {
  const schema = entity.schema.shape[attribute] ?? entity.schema.def.catchall;
  if (!schema) throw new RangeError(`${name} has no attribute ${attribute}`);
  return storable((schema as { parse(value: unknown): unknown }).parse(value), `${name}.${attribute}`);
};

/**
 * What an update writes: each attribute checked by its schema, and the index attributes that follow from it.
 * An update without `when: { present: true }` creates the item, so it carries the entity and the key's own attributes.
 */
export const planUpdate = (
  table: Table,
  write: { update: string; key: Attributes; set: Attributes; add?: Readonly<Record<string, number>> },
): UpdatePlan => {
  const entity = entityOf(table, write.update);
  const key = keyOf(table, write.update, write.key);
  const add = write.add ?? {};
  const set: Record<string, unknown> = { entity: write.update };
  const remove: string[] = [];
  const ofKey = new Set([...paramsOf(entity.pk), ...paramsOf(entity.sk)]);
  for (const attribute of ofKey) set[attribute] = parseAttribute(entity, write.update, attribute, write.key[attribute]);
  for (const [attribute, value] of Object.entries(write.set)) {
    if (attribute === 'entity') continue;
    if (ofKey.has(attribute) && String(value) !== String(write.key[attribute]))
      throw new RangeError(`${write.update}.${attribute} is part of its key`);
    if (value === undefined) remove.push(attribute);
    else set[attribute] = parseAttribute(entity, write.update, attribute, value);
  }
  const touched = new Set([...Object.keys(write.set), ...Object.keys(add)]);
  // An entry that comes up needs both its attributes, and an item that an update creates has neither yet: what the key says is said with it.
  const coming = new Set(
    Object.values(entity.indexes ?? {})
      .filter(({ sk }) => paramsOf(sk).some((param) => touched.has(param) && write.set[param] !== undefined))
      .map(({ pk }) => pk),
  );
  for (const [attribute, template, value] of indexKeys(entity, set)) {
    const params = paramsOf(template);
    const said = coming.has(template) && params.every((param) => ofKey.has(param));
    if (params.length > 0 && !said && !params.some((param) => touched.has(param))) continue;
    const unknown = params.filter((param) => !(param in set) && !(param in write.set));
    if (unknown.length > 0)
      throw new RangeError(`an update of ${write.update} moves the index attribute ${attribute}: it must also set ${unknown.join(', ')}`);
    if (value === undefined) remove.push(attribute);
    else set[attribute] = value;
  }
  return { key, set, remove, add };
};

/** Where a named access pattern looks: attributes, partition and the sort keys it admits. */
export interface Range {
  readonly index: string | undefined;
  readonly attributes: { readonly pk: string; readonly sk: string };
  readonly pk: string;
  readonly prefix: string | undefined;
  readonly between: readonly [string, string] | undefined;
  readonly entities: ReadonlySet<string>;
}

export const rangeOf = (table: Table, name: string, params: Attributes): Range => {
  const pattern: Pattern | undefined = table.patterns[name];
  if (!pattern) throw new RangeError(`table ${table.name} has no access pattern ${name}`);
  return {
    index: pattern.index,
    attributes: pattern.index ? indexAttributes(pattern.index) : { pk: 'pk', sk: 'sk' },
    pk: required(pattern.pk, params),
    prefix: pattern.sk === undefined ? undefined : required(pattern.sk, params),
    between: pattern.between && [required(pattern.between[0], params), required(pattern.between[1], params)],
    entities: new Set(pattern.entities),
  };
};

/** DynamoDB orders strings by their UTF-8 bytes, JavaScript by UTF-16 units. */
export const compareKeys = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export const admits = ({ prefix, between }: Pick<Range, 'prefix' | 'between'>, sk: string): boolean =>
  (prefix === undefined || sk.startsWith(prefix)) &&
  (between === undefined || (compareKeys(between[0], sk) <= 0 && compareKeys(sk, between[1]) <= 0));
