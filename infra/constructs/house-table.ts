import { AttributeType, BillingMode, Table as DynamoTable, ProjectionType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { indexAttributes, indexesOf, names, type Table } from '../../shared/kernel/index.ts';
import type { Stage } from '../stages.ts';

/** The attribute after which DynamoDB drops items; one a table, which the checks make sure of. */
export const ttlOf = (table: Table): string | undefined => Object.values(table.entities).find(({ ttl }) => ttl !== undefined)?.ttl;

/** A context's table: pay per request, restorable to any second, not deletable by accident, its changes on a stream. */
export function houseTable(scope: Construct, stage: Stage, table: Table): DynamoTable {
  const ttl = ttlOf(table);
  const made = new DynamoTable(scope, 'Table', {
    tableName: names(stage.name, stage.account).table(table.name),
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: stage.protected,
    removalPolicy: stage.removal,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    ...(ttl === undefined ? {} : { timeToLiveAttribute: ttl }),
  });
  for (const index of indexesOf(table)) {
    const { pk, sk } = indexAttributes(index);
    made.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: { name: pk, type: AttributeType.STRING },
      sortKey: { name: sk, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }
  return made;
}
