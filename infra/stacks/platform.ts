import { Aws, CfnOutput, Duration, Fn, Stack } from 'aws-cdk-lib';
import { CfnApi, CfnAuthorizer, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination, CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DOORS, type Door, names, type QueueName } from '../../shared/kernel/index.ts';
import { BUCKETS, houseBucket } from '../constructs/house-bucket.ts';
import { housePool } from '../constructs/house-pool.ts';
import { failureQueue, mailQueue } from '../constructs/house-queue.ts';
import { houseStack } from '../constructs/house-stack.ts';
import type { Stage } from '../stages.ts';

const QUEUES: readonly QueueName[] = ['urgent', 'bulk'];

/** What every context stands on: the doors, the API, the bus, the queues, the buckets, mail, and the four alarms. */
export class PlatformStack extends Stack {
  readonly apiId: string;
  readonly apiHost: string;
  readonly authorizerIds: Readonly<Record<Door, string>>;
  readonly pools: Readonly<Record<Door, { pool: UserPool; client: UserPoolClient }>>;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  readonly failures: Queue;
  readonly feedback: Topic;
  /** What the distribution tells the API and nobody else knows. */
  readonly originSecret: string;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Platform', houseStack(stage, 'platform', 'Préau: doors, API, bus, queues, files, mail'));
    const named = names(stage.name, stage.account);

    this.pools = Object.fromEntries(DOORS.map((door) => [door, housePool(this, stage, door)])) as typeof this.pools;

    const api = new CfnApi(this, 'Api', {
      name: named.bus,
      protocolType: 'HTTP',
      description: 'Préau: one greedy route a door and context',
    });
    new CfnStage(this, 'ApiStage', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      // A school arriving at once is some hundred calls a second; a flood is stopped before it costs.
      defaultRouteSettings: { throttlingBurstLimit: 1000, throttlingRateLimit: 500, detailedMetricsEnabled: false },
    });
    this.apiId = api.ref;
    this.apiHost = `${api.ref}.execute-api.${this.region}.${Aws.URL_SUFFIX}`;
    this.authorizerIds = Object.fromEntries(
      DOORS.map((door) => {
        const { pool, client } = this.pools[door];
        const authorizer = new CfnAuthorizer(this, `Authorizer-${door}`, {
          apiId: api.ref,
          authorizerType: 'JWT',
          name: door,
          identitySource: ['$request.header.Authorization'],
          jwtConfiguration: {
            audience: [client.userPoolClientId],
            issuer: `https://cognito-idp.${this.region}.amazonaws.com/${pool.userPoolId}`,
          },
        });
        return [door, authorizer.ref];
      }),
    ) as Record<Door, string>;

    // Without Secrets Manager ($0.40 a month), a custom resource or a value in the repository: the unguessable part of
    // the stack's own id, made by CloudFormation at creation, the same at each deployment and told to nobody outside the
    // account. Who learns it could only make up a viewer's address, which attempt limits count, nothing else.
    this.originSecret = Fn.select(2, Fn.split('/', this.stackId));

    new EventBus(this, 'Bus', { eventBusName: named.bus });

    this.failures = failureQueue(this, stage);
    this.queues = Object.fromEntries(QUEUES.map((name) => [name, mailQueue(this, stage, name, this.failures)])) as typeof this.queues;
    for (const name of BUCKETS) houseBucket(this, stage, name);

    this.feedback = new Topic(this, 'Feedback', { topicName: `${named.bus}-feedback`, enforceSSL: !stage.local });
    this.mail(stage);

    const account = { 'aws:SourceAccount': this.account };
    this.failures.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Undelivered',
        principals: [new ServicePrincipal('events.amazonaws.com'), new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.failures.queueArn],
        conditions: {
          ArnLike: {
            'aws:SourceArn': [
              this.formatArn({ service: 'events', resource: 'rule', resourceName: `${named.bus}/*` }),
              this.feedback.topicArn,
            ],
          },
        },
      }),
    );
    this.feedback.addToResourcePolicy(
      new PolicyStatement({
        sid: 'MailFeedback',
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.feedback.topicArn],
        conditions: { StringEquals: account },
      }),
    );

    this.alarms(stage);
    this.outputs();
  }

  private mail(stage: Stage): void {
    const { configurationSet } = names(stage.name, stage.account);
    const set = new CfnConfigurationSet(this, 'ConfigurationSet', {
      name: configurationSet,
      reputationOptions: { reputationMetricsEnabled: true },
      suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    const destination = new CfnConfigurationSetEventDestination(this, 'FeedbackDestination', {
      configurationSetName: configurationSet,
      eventDestination: {
        name: 'feedback',
        enabled: true,
        matchingEventTypes: ['delivery', 'bounce', 'complaint', 'reject', 'renderingFailure'],
        snsDestination: { topicArn: this.feedback.topicArn },
      },
    });
    destination.addResourceDependency(set);
    // SES tries the topic when it is named: the policy that lets it must be there.
    destination.node.addDependency(this.feedback);
    const { verifies } = stage;
    if (!verifies) return;
    const identity = new CfnEmailIdentity(this, 'Sender', { emailIdentity: 'domain' in verifies ? verifies.domain : verifies.address });
    if ('domain' in verifies) {
      // Three CNAME records that the owner of the domain must publish before SES sends.
      for (const [at, [name, value]] of [
        [identity.attrDkimDnsTokenName1, identity.attrDkimDnsTokenValue1],
        [identity.attrDkimDnsTokenName2, identity.attrDkimDnsTokenValue2],
        [identity.attrDkimDnsTokenName3, identity.attrDkimDnsTokenValue3],
      ].entries()) {
        new CfnOutput(this, `DkimRecord${at + 1}`, { value: `${name} CNAME ${value}` });
      }
    }
  }

  /** At most four, each a figure that says what a human loses. */
  private alarms(stage: Stage): void {
    const operators = new Topic(this, 'Operators', {
      topicName: `${names(stage.name, stage.account).bus}-operators`,
      enforceSSL: !stage.local,
    });
    if (stage.operator !== undefined) operators.addSubscription(new EmailSubscription(stage.operator));
    operators.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [operators.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    const alarm = (id: string, metric: IMetric, threshold: number, periods: number, loses: string) =>
      new Alarm(this, `Alarm-${id}`, {
        alarmName: `preau-${stage.name}-${id}`,
        alarmDescription: loses,
        metric,
        threshold,
        evaluationPeriods: periods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(new SnsAction(operators));
    const minutes = Duration.minutes;
    alarm(
      'undelivered',
      this.failures.metricApproximateNumberOfMessagesVisible({ period: minutes(5), statistic: 'Maximum' }),
      1,
      1,
      'Something that happened at a school did not reach whoever it was for: EVENTS.md says by entry what is lost. Read it with npm run redrive.',
    );
    alarm(
      'families-wait',
      this.queues.urgent.metricApproximateAgeOfOldestMessage({ period: minutes(5), statistic: 'Maximum' }),
      // The delay before a family is told (at most 15 min) does not count as age; this much on top of it does.
      600,
      1,
      'Families are told of an absence more than ten minutes late: a child may be missing and nobody at home knows.',
    );
    alarm(
      'pages-fail',
      new Metric({
        namespace: 'AWS/ApiGateway',
        metricName: '5xx',
        dimensionsMap: { ApiId: this.apiId },
        period: minutes(5),
        statistic: 'Sum',
      }),
      20,
      2,
      'Teachers, families and staff see an error in place of their page: roll calls wait on their devices.',
    );
    alarm(
      'bounces',
      new Metric({ namespace: 'AWS/SES', metricName: 'Reputation.BounceRate', period: Duration.hours(1), statistic: 'Maximum' }),
      0.04,
      1,
      'Four mails in a hundred come back: at five SES reviews the account, at ten it stops, and no family is told anything.',
    );
  }

  /** What tools outside the stacks need to find their way. */
  private outputs(): void {
    new CfnOutput(this, 'ApiId', { value: this.apiId });
    new CfnOutput(this, 'ApiUrl', { value: `https://${this.apiHost}` });
    new CfnOutput(this, 'FeedbackTopic', { value: this.feedback.topicArn });
    for (const door of DOORS) {
      const { pool, client } = this.pools[door];
      const name = `${door.charAt(0).toUpperCase()}${door.slice(1)}`;
      new CfnOutput(this, `Pool${name}`, { value: pool.userPoolId });
      new CfnOutput(this, `Client${name}`, { value: client.userPoolClientId });
    }
    new CfnOutput(this, 'FailureQueueUrl', { value: this.failures.queueUrl });
  }
}
