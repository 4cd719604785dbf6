import type { ConsumerEntry, PortsOf } from '../../shared/kernel/context.ts';
import type { EventDefinition, Occurrence } from '../../shared/kernel/event.ts';
import { type Handler, invocation } from './invocation.ts';
import { type Line, lineLog } from './log.ts';
import { portsFor } from './ports.ts';

/** The part of an EventBridge event that is read. */
export interface BusEvent {
  readonly 'detail-type': string;
  readonly detail: unknown;
}

/** Any of the entry's events, each with its own payload. */
export type OccurrenceOf<E extends ConsumerEntry> = Each<E['on'][number]>;
type Each<D> = D extends EventDefinition ? Occurrence<D> : never;

/** A consumer of events. The bus promises neither order nor once: the use case applies only a greater revision. What throws is retried, then filed. */
export const consume = <const E extends ConsumerEntry>(
  entry: E,
  useCase: (event: OccurrenceOf<E>, ports: PortsOf<E>) => unknown,
  { line = lineLog(), ports = portsFor(entry, line) as PortsOf<E> }: { readonly line?: Line; readonly ports?: PortsOf<E> } = {},
): Handler<BusEvent, void> => {
  const known = new Map(entry.on.map((event) => [event.name as string, event] as const));
  return invocation<BusEvent, void>(line, async (event) => {
    const definition = known.get(event['detail-type']);
    if (!definition) throw new RangeError('an event that this consumer does not know');
    line.info(definition.name);
    const occurrence = { name: definition.name, payload: definition.payload.parse(event.detail) };
    await useCase(occurrence as OccurrenceOf<E>, ports);
  });
};
