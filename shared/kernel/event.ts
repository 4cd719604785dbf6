import type * as z from 'zod';

export interface EventDefinition<Name extends string = string, Payload extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  /** `context.noun-past-participle`; the part before the dot is the emitting context and the bus source. */
  readonly name: Name;
  /** Ids and the entity's revision; never names or reasons. */
  readonly payload: Payload;
  readonly summary: string;
}

export type PayloadOf<E> = E extends EventDefinition<string, infer P> ? z.infer<P> : never;

/** What travels on the bus: a definition's name and a payload of its shape. */
export interface Occurrence<E extends EventDefinition = EventDefinition> {
  readonly name: E['name'];
  readonly payload: PayloadOf<E>;
}

export const defineEvent = <const Name extends `${string}.${string}`, P extends z.ZodType>(definition: {
  name: Name;
  payload: P;
  summary: string;
}): EventDefinition<Name, P> => ({ kind: 'event', ...definition });

export const occur = <E extends EventDefinition>(event: E, payload: PayloadOf<E>): Occurrence<E> => ({ name: event.name, payload });

export const contextOf = (definition: { readonly name: string }): string => definition.name.split('.')[0] as string;
