import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  contextOf,
  type Door,
  type FileVerb,
  type Grant,
  indexesOf,
  names,
  type SecretName,
  type Table,
  type Verb,
} from '../../shared/kernel/index.ts';
import type { Stage } from '../stages.ts';

const TABLE_ACTIONS: Record<Verb, readonly string[]> = {
  get: ['GetItem', 'BatchGetItem'],
  query: ['Query'],
  put: ['PutItem'],
  update: ['UpdateItem'],
  delete: ['DeleteItem'],
};
const WRITES: readonly Verb[] = ['put', 'update', 'delete'];

const FILE_ACTIONS: Record<FileVerb, readonly string[]> = {
  read: ['GetObject'],
  write: ['PutObject'],
  delete: ['DeleteObject'],
  // A presigned POST runs with the rights of the role that signed it.
  upload: ['PutObject'],
};

/** What `AccountsPort` calls with credentials; token revocation and software tokens are calls without. */
export const ACCOUNT_ACTIONS = [
  'AdminCreateUser',
  'AdminDeleteUser',
  'AdminGetUser',
  'AdminInitiateAuth',
  'AdminRespondToAuthChallenge',
  'AdminSetUserMFAPreference',
  'AdminSetUserPassword',
  'AdminUserGlobalSignOut',
  'DescribeUserPoolClient',
] as const;

export interface GrantScope {
  readonly stack: Stack;
  readonly stage: Stage;
  readonly poolArn: (door: Door) => string;
}

const arn = (stack: Stack, service: string, resource: string) =>
  `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;

const allow = (sid: string, actions: readonly string[], resources: readonly string[]) =>
  new PolicyStatement({ sid, actions: [...actions], resources: [...resources] });

const alphanumeric = (text: string) => text.replace(/[^A-Za-z0-9]/g, '');

export const tableArn = ({ stack, stage }: GrantScope, context: string): string =>
  arn(stack, 'dynamodb', `table/${names(stage.name, stage.account).table(context)}`);

const onTable = (scope: GrantScope, table: Table, verbs: readonly Verb[]): PolicyStatement[] => {
  const itself = tableArn(scope, table.name);
  const writes = verbs.some((verb) => WRITES.includes(verb));
  const statements = [
    allow(
      `Table${alphanumeric(table.name)}`,
      [...verbs.flatMap((verb) => TABLE_ACTIONS[verb]), ...(writes ? ['ConditionCheckItem'] : [])].map((verb) => `dynamodb:${verb}`),
      [itself],
    ),
  ];
  const indexes = indexesOf(table);
  if (verbs.includes('query') && indexes.length > 0) {
    statements.push(
      allow(
        `Indexes${alphanumeric(table.name)}`,
        ['dynamodb:Query'],
        indexes.map((index) => `${itself}/index/${index}`),
      ),
    );
  }
  return statements;
};

const onSecret = (secret: SecretName, { stack, stage }: GrantScope): PolicyStatement =>
  allow(
    `Secret${alphanumeric(secret)}`,
    ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:PutParameter'],
    [arn(stack, 'ssm', `parameter${names(stage.name, stage.account).secret(secret)}`)],
  );

/** The IAM statements of one grant: each verb, each resource, nothing by habit. */
function statementsOf(grant: Grant, scope: GrantScope): PolicyStatement[] {
  const { stack, stage } = scope;
  const named = names(stage.name, stage.account);
  switch (grant.kind) {
    case 'table':
      return onTable(scope, grant.table, grant.verbs);
    case 'question': {
      const answers = named.function(contextOf(grant.question), 'answers');
      return [
        allow(`Ask${alphanumeric(contextOf(grant.question))}`, ['lambda:InvokeFunction'], [arn(stack, 'lambda', `function:${answers}`)]),
      ];
    }
    case 'queue': {
      const queue = arn(stack, 'sqs', named.queue(grant.queue));
      const failures = arn(stack, 'sqs', named.failures);
      return [
        allow(`Send${alphanumeric(grant.queue)}`, ['sqs:SendMessage'], [queue]),
        ...(grant.verbs.includes('redrive')
          ? [allow('Redrive', ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [failures])]
          : []),
      ];
    }
    case 'files': {
      const bucket = `arn:${stack.partition}:s3:::${named.bucket(grant.bucket)}`;
      return [
        allow(
          `Files${alphanumeric(grant.bucket)}`,
          [...new Set(grant.verbs.flatMap((verb) => FILE_ACTIONS[verb]))].map((verb) => `s3:${verb}`),
          [`${bucket}/*`],
        ),
        // Without it S3 answers a missing object 403, not 404, and `size` could not tell "not there" from "not allowed".
        ...(grant.verbs.includes('read') ? [allow(`List${alphanumeric(grant.bucket)}`, ['s3:ListBucket'], [bucket])] : []),
      ];
    }
    case 'accounts':
      return [
        allow(
          'Accounts',
          ACCOUNT_ACTIONS.map((action) => `cognito-idp:${action}`),
          grant.doors.map(scope.poolArn),
        ),
      ];
    case 'mail':
      return [
        allow(
          'Mail',
          ['ses:SendRawEmail'],
          // The emulator matches a mail against no resource at all.
          stage.local
            ? ['*']
            : [
                ...stage.identities.map((name) => arn(stack, 'ses', `identity/${name}`)),
                arn(stack, 'ses', `configuration-set/${named.configurationSet}`),
              ],
        ),
        // The quota is the account's: the action knows no resource.
        allow('MailRate', ['ses:GetSendQuota'], ['*']),
      ];
    case 'push':
      return [onSecret('push', scope)];
    case 'sms':
      // A telephone number is no resource to grant.
      return [allow('Sms', ['sns:Publish'], ['*'])];
    case 'secret':
      return [onSecret(grant.secret, scope)];
  }
}

/** Those of all grants of an entry; several questions to one context are one right to invoke it. */
export const statementsOfAll = (grants: readonly Grant[], scope: GrantScope): PolicyStatement[] => [
  ...new Map(grants.flatMap((grant) => statementsOf(grant, scope)).map((statement) => [statement.sid, statement])).values(),
];

/** The context that owns access cards. */
const CARD_OWNER = 'directory';

/** What `serve` alone may do: read the caller's own card, whose key is a person and never a school. */
export const readsCard = (scope: GrantScope): PolicyStatement =>
  new PolicyStatement({
    sid: 'Card',
    actions: ['dynamodb:GetItem'],
    resources: [tableArn(scope, CARD_OWNER)],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['p_*'] } },
  });
