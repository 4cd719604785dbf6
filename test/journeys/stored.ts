import { createHash } from 'node:crypto';
import { DynamoDBClient, paginateListTables, paginateScan } from '@aws-sdk/client-dynamodb';

const digest = (item: unknown): string => createHash('sha256').update(JSON.stringify(item)).digest('base64url');

/** Everything that is stored, by table and key, as a digest of each item. */
export async function everythingStored(): Promise<Map<string, string>> {
  const client = new DynamoDBClient({});
  const stored = new Map<string, string>();
  for await (const { TableNames = [] } of paginateListTables({ client }, {}))
    for (const table of TableNames)
      for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true }))
        for (const item of Items) stored.set(`${table} ${item.pk?.S} ${item.sk?.S}`, digest(Object.entries(item).sort()));
  client.destroy();
  return stored;
}

/** The keys of items that one has and the other has not, or has otherwise. */
export const changedBetween = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).sort();

/** What is stored once two looks in a row see the same: what was under way has arrived. */
export async function settledStore(): Promise<Map<string, string>> {
  let before = await everythingStored();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const after = await everythingStored();
    if (changedBetween(before, after).length === 0) return after;
    before = after;
  }
}
