import * as z from 'zod';
import type { PortsOf, WorkerEntry } from '../../shared/kernel/context.ts';
import { wait } from './clients.ts';
import { type Handler, type Invocation, invocation } from './invocation.ts';
import { faultOf, type Line, lineLog } from './log.ts';
import { portsFor } from './ports.ts';

/** The part of an SQS event that is read. */
export interface QueueEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

export interface PartialFailure {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** Left of a worker's time, below which a message is not begun any more. */
const ENOUGH = 3_000;

export interface WorkOn<E extends WorkerEntry, M extends z.ZodType> {
  /** The messages' schema; one it refuses is handed back, and ends in the failure queue. */
  readonly message?: M;
  /** Messages to begin a second, at most: the messages of a batch run side by side, spaced, and the spacing spans batches. */
  readonly pace?: (ports: PortsOf<E>) => Promise<number> | number;
  readonly line?: Line;
  readonly ports?: PortsOf<E>;
}

/** A worker on a queue: each message on its own, and only those that failed come back. */
export const work = <const E extends WorkerEntry, M extends z.ZodType = z.ZodUnknown>(
  entry: E,
  useCase: (message: z.infer<M>, ports: PortsOf<E>) => unknown,
  { message: schema, pace, line = lineLog(), ports = portsFor(entry, line) as PortsOf<E> }: WorkOn<E, M> = {},
): Handler<QueueEvent, PartialFailure> => {
  let nextStart = 0;
  const turn = (perSecond: number): Promise<void> => {
    const now = performance.now();
    const start = Math.max(now, nextStart);
    nextStart = start + 1000 / perSecond;
    return start > now ? wait(start - now) : Promise.resolve();
  };

  return invocation<QueueEvent, PartialFailure>(line, async ({ Records }, context: Invocation) => {
    const perSecond = pace ? await pace(ports) : undefined;
    const one = async ({ messageId, body }: QueueEvent['Records'][number]): Promise<string[]> => {
      try {
        const value = (schema ?? z.unknown()).parse(JSON.parse(body)) as z.infer<M>;
        if (perSecond !== undefined) await turn(perSecond);
        if (context.getRemainingTimeInMillis() < ENOUGH) return [messageId];
        await useCase(value, ports);
        return [];
      } catch (error) {
        line.warn('message.failed', { message: messageId, ...faultOf(error) });
        return [messageId];
      }
    };
    const failed = (await Promise.all(Records.map(one))).flat();
    line.info('messages', { received: Records.length, failed: failed.length });
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
};
