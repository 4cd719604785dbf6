import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { putEvents } from '../../../functions/runtime/bus.ts';
import { relay, type StreamRecord } from '../../../functions/runtime/relay.ts';
import { defineEvent, defineRelay, occur } from '../../../shared/kernel/index.ts';
import { library } from '../../doubles/store-behaviour.ts';
import { invoked, readLine } from './invoked.ts';

const lent = defineEvent({ name: 'library.book-lent', payload: z.object({ book: z.string() }), summary: 'A book was lent' });
const unsaid = defineEvent({ name: 'library.book-lost', payload: z.object({ book: z.string() }), summary: 'Not in the manifest' });

const entry = defineRelay(library, {
  emits: [lent],
  loses: 'Nobody hears of loans.',
  eventsOf: ({ entity, before, after }) => {
    if (entity !== 'loan' || !after || before) return [];
    if (after.book === 'broken') throw new Error('Martin Dupont');
    if (after.book === 'unsaid') return [occur(unsaid, { book: 'x' })];
    return [occur(lent, { book: after.book })];
  },
});

let sequence = 100;
const record = (book: string, over: object = {}): StreamRecord => ({
  eventID: `event-${book}`,
  dynamodb: {
    SequenceNumber: String(++sequence),
    NewImage: marshall({ pk: 'a', sk: 'b', entity: 'loan', book }),
    ...over,
  } as StreamRecord['dynamodb'],
});

const relaying = async (records: StreamRecord[], { lost = [] as number[], bus = true, files = true } = {}) => {
  const put: string[] = [];
  const filed: unknown[] = [];
  const { line, text } = readLine();
  const handler = relay(library, entry, {
    line,
    put: async (occurrences) => {
      if (!bus) throw new Error('no bus');
      put.push(...occurrences.map(({ payload }) => (payload as { book: string }).book));
      return lost;
    },
    file: async (envelope) => {
      if (!files) throw new Error('no queue');
      filed.push(envelope);
    },
  });
  const { batchItemFailures } = await handler({ Records: records }, invoked());
  return { put, filed, failures: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), text };
};

describe('the relay', () => {
  it('puts the events of changes on the bus, in order, and nothing for changes that mean nothing', async () => {
    const old = record('b', { OldImage: marshall({ entity: 'loan', book: 'b' }) });
    const { put, filed, failures } = await relaying([record('a'), old, record('c')]);
    expect([put, filed, failures]).toEqual([['a', 'c'], [], []]);
  });

  it('files a record it cannot map, whole, and goes on', async () => {
    const broken = record('broken');
    const unknown = record('x', { NewImage: marshall({ entity: 'ghost' }) });
    const stray = record('unsaid');
    const { put, filed, failures, text } = await relaying([record('a'), broken, unknown, stray, record('c')]);
    expect([put, failures]).toEqual([['a', 'c'], []]);
    expect(filed).toEqual([broken, unknown, stray].map((one) => ({ kind: 'unmapped-record', context: 'library', record: one })));
    expect(text()).not.toContain('Dupont');
  });

  it('has the stream try again from the first event the bus did not take', async () => {
    const records = [record('a'), record('b'), record('c')];
    const { failures } = await relaying(records, { lost: [1, 2] });
    expect(failures).toEqual([records[1]?.dynamodb.SequenceNumber]);
  });

  it('has the stream try again when the bus is away', async () => {
    const records = [record('a'), record('b')];
    expect((await relaying(records, { bus: false })).failures).toEqual([records[0]?.dynamodb.SequenceNumber]);
  });

  it('never drops a record that it could neither map nor file', async () => {
    const records = [record('a'), record('broken')];
    const { put, failures } = await relaying(records, { files: false });
    expect([put, failures]).toEqual([['a'], [records[1]?.dynamodb.SequenceNumber]]);
  });
});

describe('putting events', () => {
  const bus = mockClient(EventBridgeClient);
  beforeEach(() => void bus.reset());
  const some = (count: number) => Array.from({ length: count }, (_, index) => occur(lent, { book: String(index) }));
  const taken = (...refused: number[]) => ({
    Entries: Array.from({ length: 10 }, (_, index) => (refused.includes(index) ? { ErrorCode: 'Throttled' } : {})),
  });

  it('puts ten at a time, under the name of their context', async () => {
    bus.on(PutEventsCommand).resolves(taken());
    expect(await putEvents(some(23))).toEqual([]);
    expect(bus.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.length)).toEqual([10, 10, 3]);
    expect(bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries?.[0]).toEqual({
      EventBusName: 'preau-test',
      Source: 'preau.library',
      DetailType: 'library.book-lent',
      Detail: '{"book":"0"}',
    });
  });

  it('tries again only those that were refused', async () => {
    bus.on(PutEventsCommand).resolvesOnce(taken(1, 3)).resolves(taken());
    expect(await putEvents(some(5))).toEqual([]);
    expect(bus.commandCalls(PutEventsCommand)[1]?.args[0].input.Entries?.map(({ Detail }) => Detail)).toEqual([
      '{"book":"1"}',
      '{"book":"3"}',
    ]);
  });

  it('tells which it could not put at all', async () => {
    bus.on(PutEventsCommand).resolves(taken(0));
    expect(await putEvents(some(2))).toEqual([0, 1].filter((index) => index === 0));
  });
});
