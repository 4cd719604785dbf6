import type { EntityName, Found, Item, KeyOf, PatternName, QueryParams, Stored, Table } from './table.ts';

export const VERBS = ['get', 'query', 'put', 'update', 'delete'] as const;
export type Verb = (typeof VERBS)[number];

/** What must hold of the stored item for the write to happen: all of it, decided by the database. */
export interface Condition {
  /** There is no such item. */
  readonly absent?: true;
  /** There is one. */
  readonly present?: true;
  /** Attribute equals value. */
  readonly is?: Readonly<Record<string, string | number | boolean>>;
  /** Attribute is one of: the states a transition may start from. */
  readonly in?: Readonly<Record<string, readonly (string | number)[]>>;
  /** Attribute is missing, or less than the number. */
  readonly below?: Readonly<Record<string, number>>;
}

/** `undefined` removes an attribute. */
export type Changes<T extends Table, E extends EntityName<T>> = { readonly [K in keyof Item<T, E>]?: Item<T, E>[K] | undefined };

export type Write<T extends Table, V extends Verb = Verb> = {
  [E in EntityName<T>]:
    | ('put' extends V ? { readonly put: E; readonly item: Item<T, E>; readonly when?: Condition } : never)
    | ('update' extends V
        ? {
            readonly update: E;
            readonly key: KeyOf<T, E>;
            readonly set: Changes<T, E>;
            readonly add?: Readonly<Record<string, number>>;
            readonly when?: Condition;
          }
        : never)
    | ('delete' extends V ? { readonly delete: E; readonly key: KeyOf<T, E>; readonly when?: Condition } : never)
    | { readonly check: E; readonly key: KeyOf<T, E>; readonly when: Condition };
}[EntityName<T>];

export interface Page<I> {
  readonly items: I[];
  /** Opaque; absent on the last page. */
  readonly cursor?: string;
}

/** One item wanted by its key: the counterpart of a write. */
export type Wanted<T extends Table, E extends EntityName<T> = EntityName<T>> = {
  [N in E]: { readonly get: N; readonly key: KeyOf<T, N> };
}[E];

interface Reads<T extends Table> {
  get<E extends EntityName<T>>(entity: E, key: KeyOf<T, E>): Promise<Stored<T, E> | undefined>;
  /** Any number of keys (in batches of 100); missing ones are left out, order is not kept. */
  getMany<E extends EntityName<T>>(entity: E, keys: readonly KeyOf<T, E>[]): Promise<Stored<T, E>[]>;
  /** The same for items of several kinds, in one request: all that a screen shows. */
  read<E extends EntityName<T>>(...wanted: readonly Wanted<T, E>[]): Promise<Stored<T, E>[]>;
}

interface Queries<T extends Table> {
  /** One page; the default limit is what one request returns (1 MB). */
  query<P extends PatternName<T>>(
    pattern: P,
    params: QueryParams<T, P>,
    options?: { limit?: number; cursor?: string; newestFirst?: boolean },
  ): Promise<Page<Found<T, P>>>;
  /** Every page; for bounded partitions only. */
  all<P extends PatternName<T>>(pattern: P, params: QueryParams<T, P>): Promise<Found<T, P>[]>;
}

interface Writes<T extends Table, V extends Verb> {
  /**
   * One write, or up to 100 in one transaction.
   * Throws `Failure('conflict', 'store.condition-failed', { index })` when a condition does not hold.
   */
  write(...writes: readonly Write<T, V>[]): Promise<void>;
}

/** What a use case may do to a table: only the verbs it was granted exist. Reads are consistent except over an index. */
export type Store<T extends Table, V extends Verb = Verb> = ('get' extends V ? Reads<T> : unknown) &
  ('query' extends V ? Queries<T> : unknown) &
  (Extract<V, 'put' | 'update' | 'delete'> extends never ? unknown : Writes<T, V>);
