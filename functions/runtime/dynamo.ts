import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { clientSettings, once } from './clients.ts';
import type { Key, StoredRecord } from './keys.ts';

export const dynamo = once(() => new DynamoDBClient(clientSettings()));

export const recordAt = async (tableName: string, { pk, sk }: Key): Promise<StoredRecord | undefined> => {
  const { Item } = await dynamo().send(
    new GetItemCommand({ TableName: tableName, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
  );
  return Item && (unmarshall(Item) as StoredRecord);
};
