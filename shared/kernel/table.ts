import type * as z from 'zod';
import type { ParamsOf } from './template.ts';

export interface Entity {
  readonly schema: z.ZodObject;
  /** Key templates over the item's own attributes; the first attribute is a tenant or the person. */
  readonly pk: string;
  readonly sk: string;
  /** Index entries: sparse, absent when an attribute they name is absent. */
  readonly indexes?: Readonly<Record<string, { readonly pk: string; readonly sk: string }>>;
  /** The attribute (epoch seconds) after which DynamoDB may drop the item. */
  readonly ttl?: string;
  /** How long it is kept and by what rule it goes: printed in DATA.md. */
  readonly retention: string;
}

export interface Pattern {
  /** The entities the query may meet. */
  readonly entities: readonly string[];
  readonly pk: string;
  /** Begins with this, when given. */
  readonly sk?: string;
  /** Or lies between these, both included. */
  readonly between?: readonly [string, string];
  readonly index?: string;
  readonly summary: string;
}

export interface Table<
  Name extends string = string,
  Entities extends Readonly<Record<string, Entity>> = Readonly<Record<string, Entity>>,
  Patterns extends Readonly<Record<string, Pattern>> = Readonly<Record<string, Pattern>>,
> {
  readonly kind: 'table';
  /** The owning context; a context has one table. */
  readonly name: Name;
  readonly entities: Entities;
  readonly patterns: Patterns;
}

export const defineTable = <
  const Name extends string,
  const Entities extends Readonly<Record<string, Entity>>,
  const Patterns extends Readonly<Record<string, Pattern & { entities: readonly (keyof Entities & string)[] }>>,
>(definition: {
  name: Name;
  entities: Entities;
  patterns: Patterns;
}): Table<Name, Entities, Patterns> => ({ kind: 'table', ...definition });

export type EntityName<T extends Table> = keyof T['entities'] & string;
export type PatternName<T extends Table> = keyof T['patterns'] & string;

/** An item as read: its attributes and which entity it is. */
export type Stored<T extends Table, E extends EntityName<T>> =
  E extends EntityName<T> ? z.infer<T['entities'][E]['schema']> & { entity: E } : never;
export type Item<T extends Table, E extends EntityName<T>> = z.input<T['entities'][E]['schema']>;
export type KeyOf<T extends Table, E extends EntityName<T>> = Record<
  ParamsOf<T['entities'][E]['pk']> | ParamsOf<T['entities'][E]['sk']>,
  string | number
>;

type BetweenParams<P> = P extends { between: readonly [infer A extends string, infer B extends string] }
  ? ParamsOf<A> | ParamsOf<B>
  : never;
type SkParams<P> = P extends { sk: infer S extends string } ? ParamsOf<S> : never;
export type QueryParams<T extends Table, P extends PatternName<T>> = Record<
  ParamsOf<T['patterns'][P]['pk']> | SkParams<T['patterns'][P]> | BetweenParams<T['patterns'][P]>,
  string | number
>;
export type Found<T extends Table, P extends PatternName<T>> = Stored<T, T['patterns'][P]['entities'][number] & EntityName<T>>;

/** A change seen on the table's stream: `before` absent = created, `after` absent = removed. */
export type Change<T extends Table, E extends EntityName<T> = EntityName<T>> =
  E extends EntityName<T> ? { readonly entity: E; readonly before?: Stored<T, E>; readonly after?: Stored<T, E> } : never;

export const indexesOf = (table: Table): string[] =>
  [...new Set(Object.values(table.entities).flatMap(({ indexes }) => Object.keys(indexes ?? {})))].sort();
