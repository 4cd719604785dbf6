import { Stack } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, CfnPermission, type Code, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Context, contextOf, DOORS, type Door, names } from '../../shared/kernel/index.ts';
import { readsCard, statementsOfAll } from '../constructs/grants.ts';
import { houseFunction } from '../constructs/house-function.ts';
import { houseStack } from '../constructs/house-stack.ts';
import { houseTable } from '../constructs/house-table.ts';
import { type Entry, entriesOf } from '../entries.ts';
import type { Stage } from '../stages.ts';
import type { PlatformStack } from './platform.ts';

type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** Nobody waits for an answer from these: their failures go to a queue. */
const ASYNCHRONOUS: readonly Entry['kind'][] = ['consumer', 'schedule', 'feedback'];

/** Stream records die at 24 h: an hour before that, a batch that still fails is handed to people. */
const RELAY_RETRIES_UNTIL = 23 * 3600;

export interface ContextProps {
  readonly stage: Stage;
  readonly context: Context;
  readonly platform: PlatformStack;
  readonly code: (entry: Entry) => Code;
  readonly siteUrl: string;
}

/** The doors of a context that some route opens, and whether some route is public. */
export function doorsOf(context: Context): { doors: Door[]; open: boolean } {
  const rights = Object.values(context.api?.routes ?? {}).map((route) => route.rights);
  return {
    doors: DOORS.filter((door) => rights.some((right) => right !== 'public' && right[door] !== undefined)),
    open: rights.includes('public'),
  };
}

/** One context, whatever it is: all of it is computed from its manifest. */
export class ContextStack extends Stack {
  readonly context: Context;
  readonly #props: ContextProps;
  readonly #named: ReturnType<typeof names>;

  constructor(scope: Construct, props: ContextProps) {
    const { stage, context } = props;
    super(scope, `Context-${context.name}`, houseStack(stage, context.name, `Préau: ${context.name}`));
    this.context = context;
    this.#props = props;
    this.#named = names(stage.name, stage.account);

    const stream = context.table ? houseTable(this, stage, context.table).tableStreamArn : undefined;
    for (const entry of entriesOf(context)) {
      const made = this.function(entry, stream);
      if (entry.kind === 'api') this.routes(made);
      if (entry.kind === 'relay' && stream !== undefined) this.stream(entry, made, stream);
      if (entry.kind === 'consumer') this.rule(entry, made);
      if (entry.kind === 'worker') this.queue(entry, made);
      if (entry.kind === 'schedule') this.schedule(entry, made);
      if (entry.kind === 'feedback') this.subscription(entry, made);
    }
  }

  private function(entry: Entry, stream: string | undefined): LambdaFunction {
    const { stage, platform, code, siteUrl } = this.#props;
    const scope = { stack: this, stage, poolArn: (door: Door) => platform.pools[door].pool.userPoolArn };
    const accounts = entry.grants.flatMap((grant) => (grant.kind === 'accounts' ? grant.doors : []));
    const statements = statementsOfAll(entry.grants, scope);
    const environment: Record<string, string> = {
      PREAU_STAGE: stage.name,
      PREAU_ACCOUNT: stage.account,
      PREAU_SITE_URL: siteUrl,
      PREAU_CONTEXT: entry.context,
      PREAU_ENTRY: entry.name,
    };
    if (stage.civilOffsetMs !== undefined) environment.PREAU_CIVIL_OFFSET_MS = String(stage.civilOffsetMs);
    if (stage.graceSeconds !== undefined) environment.PREAU_GRACE_SECONDS = String(stage.graceSeconds);
    if (entry.grants.some(({ kind }) => kind === 'mail')) environment.PREAU_SENDER = stage.sender;
    if (accounts.length > 0) {
      environment.PREAU_POOLS = this.toJsonString(
        Object.fromEntries(
          DOORS.filter((door) => accounts.includes(door)).map((door) => [
            door,
            { poolId: platform.pools[door].pool.userPoolId, clientId: platform.pools[door].client.userPoolClientId },
          ]),
        ),
      );
    }
    if (entry.kind === 'api') {
      environment.PREAU_ORIGIN_SECRET = platform.originSecret;
      if (doorsOf(this.context).doors.length > 0) statements.push(readsCard(scope));
    }
    if (entry.kind === 'relay' && stream !== undefined) {
      statements.push(
        new PolicyStatement({
          sid: 'Stream',
          actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
          resources: [stream],
        }),
        // The service knows no resource for listing; it is how a mapping finds the stream's shards.
        new PolicyStatement({ sid: 'Streams', actions: ['dynamodb:ListStreams'], resources: ['*'] }),
        new PolicyStatement({
          sid: 'Publish',
          actions: ['events:PutEvents'],
          resources: [this.formatArn({ service: 'events', resource: 'event-bus', resourceName: this.#named.bus })],
        }),
        new PolicyStatement({ sid: 'Unmapped', actions: ['sqs:SendMessage'], resources: [this.arnOfFailures()] }),
      );
    }
    if (entry.kind === 'worker') {
      statements.push(
        new PolicyStatement({
          sid: 'Work',
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
          resources: [this.formatArn({ service: 'sqs', resource: this.#named.queue(entry.is.queue) })],
        }),
      );
    }
    const asynchronous = ASYNCHRONOUS.includes(entry.kind);
    return houseFunction(this, { stage, entry, code: code(entry), statements, environment, asynchronous });
  }

  private arnOfFailures(): string {
    return this.formatArn({ service: 'sqs', resource: this.#named.failures });
  }

  /** One greedy route for each door: the function's own router knows the rest. */
  private routes(api: LambdaFunction): void {
    const { platform } = this.#props;
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: platform.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: api.functionArn,
      payloadFormatVersion: '2.0',
    });
    const target = `integrations/${integration.ref}`;
    const { doors, open } = doorsOf(this.context);
    for (const door of doors) {
      new CfnRoute(this, `Route-${door}`, {
        apiId: platform.apiId,
        routeKey: `ANY /api/${door}/${this.context.name}/{proxy+}`,
        target,
        authorizationType: 'JWT',
        authorizerId: platform.authorizerIds[door],
        // ID tokens lack it: API Gateway answers them 403.
        authorizationScopes: ['aws.cognito.signin.user.admin'],
      });
    }
    if (open) {
      new CfnRoute(this, 'Route-public', {
        apiId: platform.apiId,
        routeKey: `ANY /api/public/${this.context.name}/{proxy+}`,
        target,
        authorizationType: 'NONE',
      });
    }
    new CfnPermission(this, 'Permission-api', {
      action: 'lambda:InvokeFunction',
      functionName: api.functionName,
      principal: 'apigateway.amazonaws.com',
      sourceArn: this.formatArn({ service: 'execute-api', resource: platform.apiId, resourceName: `*/*/api/*/${this.context.name}/*` }),
    });
  }

  private stream(entry: Entry, relay: LambdaFunction, stream: string): void {
    new CfnEventSourceMapping(this, `Mapping-${entry.name}`, {
      functionName: relay.functionName,
      eventSourceArn: stream,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 100,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ['ReportBatchItemFailures'],
      // As many as fit before the records would die: age decides, and a count that is finite.
      maximumRetryAttempts: 10_000,
      maximumRecordAgeInSeconds: RELAY_RETRIES_UNTIL,
      destinationConfig: { onFailure: { destination: this.arnOfFailures() } },
    });
  }

  private rule(entry: EntryOf<'consumer'>, consumer: LambdaFunction): void {
    const { on } = entry.is;
    const rule = new CfnRule(this, `Rule-${entry.name}`, {
      name: this.#named.function(entry.context, entry.name),
      description: entry.loses,
      eventBusName: this.#named.bus,
      eventPattern: {
        source: [...new Set(on.map((event) => this.#named.source(contextOf(event))))],
        'detail-type': on.map(({ name }) => name),
      },
      targets: [
        {
          id: entry.name,
          arn: consumer.functionArn,
          deadLetterConfig: { arn: this.arnOfFailures() },
          retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
        },
      ],
    });
    new CfnPermission(this, `Permission-${entry.name}`, {
      action: 'lambda:InvokeFunction',
      functionName: consumer.functionName,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
  }

  private queue(entry: EntryOf<'worker'>, worker: LambdaFunction): void {
    const { queue, batch, concurrency } = entry.is;
    new CfnEventSourceMapping(this, `Mapping-${entry.name}`, {
      functionName: worker.functionName,
      eventSourceArn: this.formatArn({ service: 'sqs', resource: this.#named.queue(queue) }),
      batchSize: batch,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: concurrency },
    });
  }

  private schedule(entry: EntryOf<'schedule'>, scheduled: LambdaFunction): void {
    const { everyMinutes } = entry.is;
    const role = new Role(this, `Scheduler-${entry.name}`, {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } }),
      inlinePolicies: {
        invoke: new PolicyDocument({
          statements: [
            new PolicyStatement({ sid: 'Invoke', actions: ['lambda:InvokeFunction'], resources: [scheduled.functionArn] }),
            new PolicyStatement({ sid: 'Failures', actions: ['sqs:SendMessage'], resources: [this.arnOfFailures()] }),
          ],
        }),
      },
    });
    new CfnSchedule(this, `Schedule-${entry.name}`, {
      name: this.#named.function(entry.context, entry.name),
      description: entry.loses,
      scheduleExpression: everyMinutes === 1 ? 'rate(1 minute)' : `rate(${everyMinutes} minutes)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: scheduled.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: this.arnOfFailures() },
        // The next run is soon: an old one is worth less than the new.
        retryPolicy: { maximumEventAgeInSeconds: Math.max(60, everyMinutes * 60), maximumRetryAttempts: 3 },
      },
    });
  }

  private subscription(entry: Entry, feedback: LambdaFunction): void {
    const { platform } = this.#props;
    const topicArn = platform.feedback.topicArn;
    new CfnSubscription(this, `Subscription-${entry.name}`, {
      topicArn,
      protocol: 'lambda',
      endpoint: feedback.functionArn,
      redrivePolicy: { deadLetterTargetArn: this.arnOfFailures() },
    });
    new CfnPermission(this, `Permission-${entry.name}`, {
      action: 'lambda:InvokeFunction',
      functionName: feedback.functionName,
      principal: 'sns.amazonaws.com',
      sourceArn: topicArn,
    });
  }
}
