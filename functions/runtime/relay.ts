import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { RelayEntry } from '../../shared/kernel/context.ts';
import type { Occurrence } from '../../shared/kernel/event.ts';
import type { Change, Table } from '../../shared/kernel/table.ts';
import { putEvents } from './bus.ts';
import { environment } from './env.ts';
import { type Handler, invocation } from './invocation.ts';
import { fromRecord } from './keys.ts';
import { faultOf, type Line, lineLog } from './log.ts';
import { sendToFailures } from './queue.ts';
import type { PartialFailure } from './work.ts';

type Image = Parameters<typeof unmarshall>[0];

/** The part of a DynamoDB stream record that is read. */
export interface StreamRecord {
  readonly eventID?: string;
  readonly dynamodb: { readonly SequenceNumber: string; readonly OldImage?: Image; readonly NewImage?: Image };
}
export interface StreamEvent {
  readonly Records: readonly StreamRecord[];
}

const changeOf = (table: Table, { dynamodb: { OldImage, NewImage } }: StreamRecord): Change<Table> => {
  const before = OldImage && fromRecord(table, unmarshall(OldImage));
  const after = NewImage && fromRecord(table, unmarshall(NewImage));
  const entity = (after ?? before)?.entity;
  if (entity === undefined || !Object.hasOwn(table.entities, entity)) throw new RangeError('a record of no known entity');
  return { entity, ...(before && { before }), ...(after && { after }) } as Change<Table>;
};

/** What a failed relay leaves in the failure queue: the record whole, since a stream forgets it after a day. */
export interface UnmappedRecord {
  readonly kind: 'unmapped-record';
  readonly context: string;
  readonly record: StreamRecord;
}

/**
 * Publishing is writing: a table's stream becomes events. A record that cannot be mapped is filed whole and the relay goes on,
 * so that one bad item never holds the others; when the bus itself refuses, the stream retries from the first event it did not take.
 */
export const relay = (
  table: Table,
  { emits, eventsOf }: RelayEntry,
  {
    line = lineLog(),
    put = putEvents,
    file = sendToFailures,
  }: { readonly line?: Line; readonly put?: typeof putEvents; readonly file?: typeof sendToFailures } = {},
): Handler<StreamEvent, PartialFailure> => {
  const known = new Map(emits.map((event) => [event.name, event]));
  const mapped = (record: StreamRecord): Occurrence[] =>
    eventsOf(changeOf(table, record)).map(({ name, payload }) => {
      const definition = known.get(name);
      if (!definition) throw new RangeError('an event that the manifest does not say this context emits');
      return { name, payload: definition.payload.parse(payload) };
    });

  return invocation<StreamEvent, PartialFailure>(line, async ({ Records }) => {
    const occurrences: Occurrence[] = [];
    const positions: string[] = [];
    const failed = new Set<string>();
    for (const record of Records) {
      const position = record.dynamodb.SequenceNumber;
      try {
        const found = mapped(record);
        occurrences.push(...found);
        positions.push(...found.map(() => position));
      } catch (error) {
        line.warn('record.unmapped', { record: record.eventID ?? position, ...faultOf(error) });
        try {
          await file({ kind: 'unmapped-record', context: environment().PREAU_CONTEXT, record } satisfies UnmappedRecord);
        } catch (fault) {
          line.warn('record.unfiled', { record: record.eventID ?? position, ...faultOf(fault) });
          failed.add(position);
        }
      }
    }
    try {
      for (const index of await put(occurrences)) failed.add(positions[index] as string);
    } catch (error) {
      line.warn('bus.refused', faultOf(error));
      for (const position of positions) failed.add(position);
    }
    line.info('records', { received: Records.length, events: occurrences.length, failed: failed.size });
    // The stream goes back to the lowest position named, so the first in order is enough.
    const first = Records.find(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
    return { batchItemFailures: first ? [{ itemIdentifier: first.dynamodb.SequenceNumber }] : [] };
  });
};
