import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamo } from '../../../functions/runtime/dynamo.ts';
import { dynamoStore } from '../../../functions/runtime/store.ts';
import { library, storeBehaviour } from '../../doubles/store-behaviour.ts';

const school = '0750001A';
const loan = (book: string) => ({ school, book, state: 'open' as const });
const endpoint = process.env.PREAU_TEST_DYNAMODB;

describe('what the store asks of DynamoDB', () => {
  const aws = mockClient(dynamo());
  const store = dynamoStore(library, 'preau-test-library');
  beforeEach(() => void aws.reset());
  afterAll(() => void aws.restore());

  it('reads consistently', async () => {
    aws
      .on(GetItemCommand)
      .resolves({ Item: { pk: { S: school }, sk: { S: 'loan#a' }, entity: { S: 'loan' }, school: { S: school }, book: { S: 'a' } } });
    expect(await store.get('loan', { school, book: 'a' })).toEqual({ entity: 'loan', school, book: 'a' });
    expect(aws.call(0).args[0].input).toEqual({
      TableName: 'preau-test-library',
      Key: { pk: { S: school }, sk: { S: 'loan#a' } },
      ConsistentRead: true,
    });
  });

  it('puts one item by the cheap command, aliasing every name', async () => {
    aws.on(PutItemCommand).resolves({});
    await store.write({ put: 'loan', item: { ...loan('a'), openSince: '2026-09-01' }, when: { absent: true } });
    expect(aws.call(0).args[0].input).toEqual({
      TableName: 'preau-test-library',
      Item: {
        pk: { S: school },
        sk: { S: 'loan#a' },
        entity: { S: 'loan' },
        school: { S: school },
        book: { S: 'a' },
        state: { S: 'open' },
        openSince: { S: '2026-09-01' },
        revision: { N: '1' },
        openPk: { S: `${school}#open` },
        openSk: { S: '2026-09-01' },
      },
      ConditionExpression: 'attribute_not_exists(#0)',
      ExpressionAttributeNames: { '#0': 'pk' },
    });
  });

  it('updates by conditions that the database decides', async () => {
    aws.on(UpdateItemCommand).resolves({});
    await store.write({
      update: 'loan',
      key: { school, book: 'a' },
      set: { state: 'closed', note: undefined },
      add: { revision: 1 },
      when: { in: { state: ['open', 'late'] }, below: { revision: 9 } },
    });
    expect(aws.call(0).args[0].input).toMatchObject({
      ConditionExpression: '#0 IN (:0, :1) AND (attribute_not_exists(#1) OR #1 < :2)',
      UpdateExpression: 'SET #2 = :3, #3 = :4, #4 = :5, #0 = :6 REMOVE #5 ADD #1 :7',
      ExpressionAttributeNames: { '#0': 'state', '#1': 'revision', '#2': 'entity', '#3': 'school', '#4': 'book', '#5': 'note' },
    });
  });

  it('queries a table consistently, and an index as it is', async () => {
    aws.on(QueryCommand).resolves({ Items: [] });
    await store.query('loans', { school }, { limit: 5, newestFirst: true });
    await store.query('openLoans', { school });
    expect(aws.call(0).args[0].input).toMatchObject({
      KeyConditionExpression: '#0 = :0 AND begins_with(#1, :1)',
      ConsistentRead: true,
      Limit: 5,
      ScanIndexForward: false,
    });
    expect(aws.call(1).args[0].input).toMatchObject({ IndexName: 'open', ExpressionAttributeNames: { '#0': 'openPk' } });
    expect(aws.call(1).args[0].input).not.toHaveProperty('ConsistentRead');
  });

  it('calls a condition that did not hold by its name', async () => {
    aws.on(PutItemCommand).rejects(new ConditionalCheckFailedException({ message: '', $metadata: {} }));
    await expect(store.write({ put: 'loan', item: loan('a') })).rejects.toMatchObject({
      code: 'store.condition-failed',
      details: { index: 0 },
    });
  });

  const cancelled = (...codes: string[]) =>
    new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons: codes.map((Code) => ({ Code })) });
  const two = [
    { put: 'loan', item: loan('a') },
    { put: 'loan', item: loan('b') },
  ] as const;

  it('names the write of a transaction whose condition did not hold', async () => {
    aws.on(TransactWriteItemsCommand).rejects(cancelled('None', 'ConditionalCheckFailed'));
    await expect(store.write(...two)).rejects.toMatchObject({ code: 'store.condition-failed', details: { index: 1 } });
    expect(aws.calls()).toHaveLength(1);
  });

  it('tries a transaction again that met another one', async () => {
    aws.on(TransactWriteItemsCommand).rejectsOnce(cancelled('TransactionConflict', 'None')).resolves({});
    await store.write(...two);
    expect(aws.calls()).toHaveLength(2);
  });

  it('gives up on a transaction that meets another one every time', async () => {
    aws.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict', 'None'));
    await expect(store.write(...two)).rejects.toThrow(TransactionCanceledException);
    expect(aws.calls()).toHaveLength(5);
  });

  it('asks again for the keys that a batch left over, in batches of a hundred', async () => {
    const name = 'preau-test-library';
    const record = (book: string) => ({ pk: { S: school }, sk: { S: `loan#${book}` }, entity: { S: 'loan' }, book: { S: book } });
    aws
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { [name]: [record('0')] },
        UnprocessedKeys: { [name]: { Keys: [{ pk: { S: school }, sk: { S: 'loan#1' } }] } },
      })
      .resolves({ Responses: { [name]: [record('1')] } });
    const found = await store.getMany(
      'loan',
      Array.from({ length: 120 }, (_, book) => ({ school, book })),
    );
    expect(aws.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems?.[name]?.Keys?.length)).toEqual([100, 20, 1]);
    expect(found).toHaveLength(3);
  });
});

// The same behaviours on a DynamoDB, when its address is given: PREAU_TEST_DYNAMODB=http://127.0.0.1:4566
describe.skipIf(endpoint === undefined)('on a real table (PREAU_TEST_DYNAMODB)', () => {
  const admin = new DynamoDBClient({
    endpoint: endpoint ?? '',
    region: 'eu-west-3',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  let count = 0;
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  const made: string[] = [];
  afterAll(async () => {
    for (const TableName of made) await admin.send(new DeleteTableCommand({ TableName }));
  });
  storeBehaviour('the store on DynamoDB', async () => {
    const TableName = `preau-test-library-${process.pid}-${++count}`;
    made.push(TableName);
    await admin.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'openPk', 'openSk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: key('pk', 'sk'),
        GlobalSecondaryIndexes: [{ IndexName: 'open', KeySchema: key('openPk', 'openSk'), Projection: { ProjectionType: 'ALL' } }],
      }),
    );
    return dynamoStore(library, TableName);
  });
});
