import { describe, expect, it } from 'vitest';
import { catalogue } from '../../infra/catalogue.ts';
import { QUOTAS } from '../../infra/checks/blueprint.ts';
import { entriesOf } from '../../infra/entries.ts';
import { DEPLOYED, ON_ONE_MACHINE, resourcesOf, synthesise } from './synthesise.ts';
import { toyCatalogue } from './toy-context.ts';

const { stacks, app } = synthesise(toyCatalogue);
const resources = resourcesOf(stacks);
const of = (type: string) => resources.filter(({ Type }) => Type === type);
const text = JSON.stringify(resources);

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}
const statements = of('AWS::IAM::Role').flatMap(({ id, Properties }) =>
  (Properties.Policies ?? []).flatMap(({ PolicyDocument }: { PolicyDocument: { Statement: Statement[] } }) =>
    PolicyDocument.Statement.map((statement) => ({ role: id, ...statement, actions: [statement.Action].flat() })),
  ),
);
const functionsOf = (name: string) => of('AWS::Lambda::Function').find(({ Properties }) => Properties.FunctionName === name);

describe('a context nobody wrote infrastructure for', () => {
  it('has its table, its functions, its routes, its rule, its schedule and its subscription', () => {
    expect(of('AWS::DynamoDB::Table').map(({ Properties }) => Properties.TableName)).toEqual(['preau-demo-toys']);
    expect(
      of('AWS::Lambda::Function')
        .map(({ Properties }) => Properties.FunctionName)
        .sort(),
    ).toEqual(toyCatalogue.flatMap((context) => entriesOf(context).map(({ name }) => `preau-demo-${context.name}-${name}`)).sort());
    expect(
      of('AWS::ApiGatewayV2::Route')
        .map(({ Properties }) => Properties.RouteKey)
        .sort(),
    ).toEqual(['ANY /api/public/toys/{proxy+}', 'ANY /api/pupil/toys/{proxy+}', 'ANY /api/staff/toys/{proxy+}']);
    expect(of('AWS::Events::Rule')[0]?.Properties.EventPattern).toEqual({ source: ['preau.toys'], 'detail-type': ['toys.toy-lent'] });
    expect(of('AWS::Scheduler::Schedule')[0]?.Properties.ScheduleExpression).toBe('rate(15 minutes)');
    expect(of('AWS::SNS::Subscription').filter(({ Properties }) => Properties.Protocol === 'lambda')).toHaveLength(1);
  });

  it('tells each function what it is, and what it was granted, no more', () => {
    const environment = (name: string) => functionsOf(name)?.Properties.Environment.Variables;
    expect(Object.keys(environment('preau-demo-toys-answers')).sort()).toEqual([
      'PREAU_ACCOUNT',
      'PREAU_CONTEXT',
      'PREAU_ENTRY',
      'PREAU_SITE_URL',
      'PREAU_STAGE',
    ]);
    expect(environment('preau-demo-toys-api')).toHaveProperty('PREAU_ORIGIN_SECRET');
    expect(environment('preau-demo-shelves-send-toy-mail')).toHaveProperty('PREAU_SENDER', 'vie-scolaire@ent.example.fr');
    expect(environment('preau-demo-shelves-count-toys')).toHaveProperty('PREAU_POOLS');
    expect(environment('preau-demo-shelves-count-toys')).not.toHaveProperty('PREAU_SENDER');
  });

  it('deploys its stacks one after the other, since API Gateway refuses concurrent changes to one API', () => {
    const dependencies = stacks.slice(1).map((stack) => stack.dependencies.map(({ stackName }) => stackName));
    expect(dependencies[0]).toContain('preau-demo-platform');
    expect(dependencies[1]).toContain('preau-demo-web');
    expect(dependencies[2]).toContain('preau-demo-toys');
  });
});

describe('rights', () => {
  it('are allowed action by action: no wildcard in any', () => {
    expect(statements.length).toBeGreaterThan(0);
    for (const { actions, Effect } of statements) {
      expect(Effect).toBe('Allow');
      for (const action of actions) expect(action).not.toContain('*');
    }
  });

  it('have a star for a resource only where the service knows none', () => {
    const starred = statements.filter(({ Resource }) => [Resource].flat().includes('*')).flatMap(({ actions }) => actions);
    expect([...new Set(starred)].sort()).toEqual(['dynamodb:ListStreams', 'ses:GetSendQuota', 'sns:Publish']);
  });

  it('never scan, and never administer', () => {
    for (const { actions } of statements)
      for (const action of actions) expect(action).not.toMatch(/Scan|Create(?!LogStream)(?!User)|:Delete(?!Item|Message|Object)|PassRole/);
  });

  it('give a statement identifier once a role', () => {
    for (const role of new Set(statements.map(({ role }) => role))) {
      const sids = statements.filter((one) => one.role === role).map(({ Sid }) => Sid);
      expect(new Set(sids).size).toBe(sids.length);
    }
  });

  it('let an API function read cards and nothing else of directory', () => {
    const cards = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('preau-demo-directory'));
    expect(cards).toHaveLength(1);
    expect(cards[0]?.actions).toEqual(['dynamodb:GetItem']);
    expect(cards[0]).toHaveProperty('Condition', { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['p_*'] } });
  });

  it('let a function without asynchronous callers write to no queue it was not granted', () => {
    const answers = statements.filter(({ role }) => role.startsWith('Roleanswers')).flatMap(({ actions }) => actions);
    expect(answers).toEqual(expect.arrayContaining(['dynamodb:GetItem', 'dynamodb:BatchGetItem']));
    expect(answers).not.toContain('sqs:SendMessage');
  });
});

describe('nothing is lost without a trace', () => {
  const mappings = of('AWS::Lambda::EventSourceMapping');
  it('by a stream: bisected, retried until 23 hours and no longer, then handed to the failure queue', () => {
    const streams = mappings.filter(({ Properties }) => JSON.stringify(Properties.EventSourceArn).includes('StreamArn'));
    expect(streams).toHaveLength(1);
    for (const { Properties } of streams) {
      expect(Properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        MaximumRecordAgeInSeconds: 82_800,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(Properties.MaximumRetryAttempts).toBeGreaterThan(0);
      expect(JSON.stringify(Properties.DestinationConfig.OnFailure)).toContain('preau-demo-failures');
    }
  });

  it('by a queue: one failed message is retried alone, five times, then waits in the failure queue', () => {
    const queues = mappings.filter(({ Properties }) => !JSON.stringify(Properties.EventSourceArn).includes('StreamArn'));
    expect(queues).toHaveLength(1);
    for (const { Properties } of queues) {
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(Properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    }
    const redriven = of('AWS::SQS::Queue').filter(({ Properties }) => Properties.QueueName !== 'preau-demo-failures');
    expect(redriven).toHaveLength(2);
    for (const { Properties } of redriven) expect(Properties.RedrivePolicy.maxReceiveCount).toBe(5);
  });

  it('by the bus, a schedule or feedback: the hop and the function each have where to put what fails', () => {
    for (const { Properties } of of('AWS::Events::Rule'))
      for (const target of Properties.Targets) expect(JSON.stringify(target.DeadLetterConfig)).toContain('preau-demo-failures');
    for (const { Properties } of of('AWS::Scheduler::Schedule'))
      expect(JSON.stringify(Properties.Target.DeadLetterConfig)).toContain('preau-demo-failures');
    for (const { Properties } of of('AWS::SNS::Subscription'))
      expect(JSON.stringify(Properties.RedrivePolicy)).toContain('preau-demo-failures');
    const configured = of('AWS::Lambda::EventInvokeConfig');
    expect(configured).toHaveLength(3);
    for (const { Properties } of configured) {
      expect(JSON.stringify(Properties.DestinationConfig.OnFailure)).toContain('preau-demo-failures');
      expect(Properties.MaximumRetryAttempts).toBe(2);
    }
  });
});

describe('what a function is', () => {
  it('is Node 24 on arm64, runs at most 30 s, and says what a human loses', () => {
    for (const { Properties } of of('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(Properties.Timeout).toBeLessThanOrEqual(30);
      expect(Properties.Description.length).toBeGreaterThan(10);
      expect(Properties.LoggingConfig.LogGroup).toBeDefined();
    }
  });

  it('keeps its log a month: every group has an end, and every function its group', () => {
    expect(of('AWS::Logs::LogGroup')).toHaveLength(of('AWS::Lambda::Function').length);
    for (const { Properties } of of('AWS::Logs::LogGroup')) expect(Properties.RetentionInDays).toBe(30);
  });
});

describe('what a table is', { timeout: 60_000 }, () => {
  it('costs nothing idle, can be restored to any second, cannot be deleted by accident, and streams both images', () => {
    expect(of('AWS::DynamoDB::Table')).not.toHaveLength(0);
    for (const { Properties } of of('AWS::DynamoDB::Table')) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
    }
  });

  it('is kept when its stack goes, in a deployed stage', () => {
    expect(of('AWS::DynamoDB::Table')[0]).toHaveProperty('DeletionPolicy', 'Retain');
    const local = resourcesOf(synthesise(toyCatalogue, ON_ONE_MACHINE).stacks).find(({ Type }) => Type === 'AWS::DynamoDB::Table');
    expect(local).toHaveProperty('DeletionPolicy', 'Delete');
    expect(local?.Properties.DeletionProtectionEnabled).toBe(false);
  });
});

describe('what is never there', () => {
  it('is anything that costs while idle', () => {
    const types = new Set(resources.map(({ Type }) => Type));
    for (const costly of [
      'AWS::EC2::VPC',
      'AWS::EC2::NatGateway',
      'AWS::SecretsManager::Secret',
      'AWS::KMS::Key',
      'AWS::WAFv2::WebACL',
      'AWS::CloudWatch::Dashboard',
      'AWS::Route53::HostedZone',
    ])
      expect(types).not.toContain(costly);
    expect(text).not.toContain('ProvisionedThroughput');
    expect(text).not.toContain('ProvisionedConcurrency');
  });

  it('is a custom resource: nothing here needs code of its own to be deployed', () => {
    expect(resources.filter(({ Type }) => Type.startsWith('Custom::') || Type === 'AWS::CloudFormation::CustomResource')).toEqual([]);
  });

  it('is a fifth alarm', () => {
    const alarms = of('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeLessThanOrEqual(4);
    expect(alarms.length).toBeGreaterThan(0);
    for (const { Properties } of alarms) {
      expect(Properties.AlarmDescription.length).toBeGreaterThan(40);
      expect(Properties.AlarmActions).toHaveLength(1);
    }
  });

  it('is an eleventh custom metric, and the declared ones are counted from the log of whoever declares them', () => {
    const filters = of('AWS::Logs::MetricFilter');
    const figures = catalogue.flatMap(({ schedules = {} }) => Object.values(schedules).flatMap(({ figure }) => figure ?? []));
    expect(figures.length).toBeGreaterThan(0);
    expect(figures.length).toBeLessThanOrEqual(10);
    for (const { says } of figures) expect(says.length).toBeGreaterThan(40);
    expect(filters.map(({ Properties }) => [Properties.FilterPattern, Properties.MetricTransformations])).toEqual([
      ['{ $.code = "toys.counted" }', [{ MetricName: 'missing-toys', MetricNamespace: 'Preau/demo', MetricValue: '$.missing' }]],
    ]);
  });

  it('is more than API Gateway’s quotas hold', () => {
    expect(of('AWS::ApiGatewayV2::Route').length).toBeLessThanOrEqual(QUOTAS.routes);
    expect(of('AWS::ApiGatewayV2::Authorizer').length).toBeLessThanOrEqual(QUOTAS.authorizers);
  });
});

describe('stages', { timeout: 60_000 }, () => {
  it('differ by nothing but synthesizer, removal, sender, civil clock, time of grace, and TLS, which one machine has none of', () => {
    /** A policy that says « TLS only » and nothing else. */
    const asksForTls = ({ Properties }: ReturnType<typeof resourcesOf>[number]) =>
      Properties?.PolicyDocument?.Statement?.every(
        ({ Effect, Condition }: { Effect: string; Condition?: { Bool?: Record<string, string> } }) =>
          Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
      ) ?? false;
    const shape = (stage: typeof DEPLOYED) =>
      resourcesOf(synthesise(toyCatalogue, stage).stacks)
        .filter((resource) => !asksForTls(resource))
        .map(({ Type, stack, id }) => `${stack.replace(stage.name, '')} ${id} ${Type}`)
        .sort();
    expect(shape(ON_ONE_MACHINE)).toEqual(shape(DEPLOYED));
  });

  it('move the civil clock and shorten the time of grace on one machine alone', () => {
    const local = resourcesOf(synthesise(toyCatalogue, ON_ONE_MACHINE).stacks).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    for (const { Properties } of local) expect(Properties.Environment.Variables.PREAU_CIVIL_OFFSET_MS).toBe('-60000');
    expect(text).not.toContain('PREAU_CIVIL_OFFSET_MS');
    for (const { Properties } of local) expect(Properties.Environment.Variables.PREAU_GRACE_SECONDS).toBe('2');
    expect(text).not.toContain('PREAU_GRACE_SECONDS');
    expect(app.node.children.length).toBeGreaterThan(0);
  });
});
