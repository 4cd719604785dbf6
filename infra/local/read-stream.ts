import { DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand, type _Record as Read } from '@aws-sdk/client-dynamodb-streams';

/** A record of a table's stream in the form a relay function receives. */
export interface StreamRecord {
  readonly eventID?: string;
  readonly eventSourceARN: string;
  readonly dynamodb: unknown;
}

/** A record as Lambda's stream mapping hands it over: seconds for instants, base64 for bytes. */
export const asDelivered = (record: Read, streamArn: string): StreamRecord =>
  JSON.parse(
    JSON.stringify({ ...record, eventSourceARN: streamArn }, function (this: Record<string, unknown>, key, value: unknown) {
      const original = this[key];
      if (original instanceof Date) return original.getTime() / 1000;
      if (original instanceof Uint8Array) return Buffer.from(original).toString('base64');
      return value;
    }),
  ) as StreamRecord;

interface Range {
  readonly streamArn: string;
  readonly shardId: string;
  readonly from: string;
  readonly to: string;
}

/** The records of a range, as long as the stream still holds them (24 hours); none when it no longer does. */
export async function readStream({ streamArn, shardId, from, to }: Range): Promise<StreamRecord[]> {
  const streams = new DynamoDBStreamsClient({});
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: from,
    }),
  );
  const found: StreamRecord[] = [];
  let iterator = ShardIterator;
  while (iterator) {
    const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    for (const record of Records) {
      const number = record.dynamodb?.SequenceNumber ?? '';
      if (BigInt(number || 0) > BigInt(to)) return found;
      found.push(asDelivered(record, streamArn));
      if (number === to) return found;
    }
    if (Records.length === 0) break;
    iterator = NextShardIterator;
  }
  return found;
}
