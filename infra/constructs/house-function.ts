import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnEventInvokeConfig,
  type CfnFunction,
  type Code,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { names } from '../../shared/kernel/index.ts';
import type { Entry } from '../entries.ts';
import type { Stage } from '../stages.ts';

export interface FunctionProps {
  readonly stage: Stage;
  readonly entry: Entry;
  readonly code: Code;
  /** Computed from the entry's grants, and from its kind. */
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
  /** Whether it is invoked without anybody waiting: then what fails goes to the failure queue. */
  readonly asynchronous: boolean;
}

/** One entry as a function: its own role, its own log group with an end, and no right that its grants do not say. */
export function houseFunction(stack: Stack, { stage, entry, code, statements, environment, asynchronous }: FunctionProps): LambdaFunction {
  const named = names(stage.name, stage.account);
  const functionName = named.function(entry.context, entry.name);
  const failures = stack.formatArn({ service: 'sqs', resource: named.failures });
  const logGroup = new LogGroup(stack, `Log-${entry.name}`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const figure = entry.kind === 'schedule' ? entry.is.figure : undefined;
  if (figure) {
    // Counted only when there is something to count: at rest it is no metric, and costs nothing.
    new MetricFilter(stack, `Figure-${entry.name}`, {
      logGroup,
      filterName: figure.name,
      filterPattern: FilterPattern.stringValue('$.code', '=', figure.of.code),
      metricNamespace: `Preau/${stage.name}`,
      metricName: figure.name,
      metricValue: `$.${figure.of.fact}`,
    });
  }
  const role = new Role(stack, `Role-${entry.name}`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      grants: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'Log',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [`${stack.formatArn({ service: 'logs', resource: 'log-group' })}:/aws/lambda/${functionName}:*`],
          }),
          ...(asynchronous ? [new PolicyStatement({ sid: 'Failures', actions: ['sqs:SendMessage'], resources: [failures] })] : []),
          ...statements,
        ],
      }),
    },
  });
  const made = new LambdaFunction(stack, `Function-${entry.name}`, {
    functionName,
    description: entry.loses,
    code,
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: entry.memory,
    timeout: Duration.seconds(entry.timeout),
    // All its rights are in the role above: nothing later may add one.
    role: role.withoutPolicyUpdates(),
    logGroup,
    environment,
  });
  // The role has its rights within: naming it is dependency enough, and a second one is a warning of cfn-lint.
  (made.node.defaultChild as CfnFunction).addDeletionOverride('DependsOn');
  if (asynchronous) {
    new CfnEventInvokeConfig(stack, `Invoke-${entry.name}`, {
      functionName: made.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 6 * 3600,
      destinationConfig: { onFailure: { destination: failures } },
    });
  }
  return made;
}
