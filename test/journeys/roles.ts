import { GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { App, Stack } from 'aws-cdk-lib';
import { catalogue } from '../../infra/catalogue.ts';
import { statementsOfAll } from '../../infra/constructs/grants.ts';
import { type Entry, entriesOf } from '../../infra/entries.ts';
import { stageOf } from '../../infra/stages.ts';
import { type Grant, names } from '../../shared/kernel/index.ts';

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
}

const stack = new Stack(new App(), 'Rights', { env: { account: '000000000000', region: 'eu-west-3' } });
const stage = stageOf({
  stage: 'local',
  account: '000000000000',
  region: 'eu-west-3',
  sender: undefined,
  siteUrl: undefined,
  certificate: undefined,
  operator: undefined,
  civilOffsetMs: undefined,
  graceSeconds: undefined,
  removing: undefined,
});

const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();

/** What infra makes of grants: the actions that each statement allows, by its name. */
export function rightsOf(grants: readonly Grant[]): ReadonlyMap<string, readonly string[]> {
  const statements = statementsOfAll(grants, { stack, stage, poolArn: (door) => `arn:aws:cognito-idp:::userpool/${door}` });
  return new Map(statements.map((statement) => statement.toStatementJson() as Statement).map((one) => [one.Sid, actionsOf(one)]));
}

export const entries: readonly Entry[] = catalogue.flatMap(entriesOf);

export function entryOf(context: string, name: string): Entry {
  const entry = entries.find((one) => one.context === context && one.name === name);
  if (!entry) throw new Error(`No manifest has ${context}.${name}`);
  return entry;
}

/** A function's deployed rights, to take some away as a deployment without a grant would, and to give them back. */
export class Role {
  readonly #iam = new IAMClient({});
  readonly #name: string;
  readonly #document: string;

  private constructor(name: string, document: string) {
    this.#name = name;
    this.#document = document;
  }

  static async of({ context, name }: Entry): Promise<Role> {
    const lambda = new LambdaClient({});
    const { Role: arn = '' } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: names('local', '000000000000').function(context, name) }),
    );
    const RoleName = arn.slice(arn.lastIndexOf('/') + 1);
    const { PolicyDocument = '' } = await new IAMClient({}).send(new GetRolePolicyCommand({ RoleName, PolicyName: 'grants' }));
    return new Role(RoleName, PolicyDocument.startsWith('%7B') ? decodeURIComponent(PolicyDocument) : PolicyDocument);
  }

  get #statements(): readonly Statement[] {
    return (JSON.parse(this.#document) as { Statement: Statement[] }).Statement;
  }

  /** What is deployed, beside what every function has. */
  get rights(): ReadonlyMap<string, readonly string[]> {
    return new Map(this.#statements.map((one) => [one.Sid, actionsOf(one)]));
  }

  /** Leaves what infra would have made of these grants, and what comes from no grant. */
  async without(all: readonly Grant[], left: readonly Grant[]): Promise<void> {
    const [before, after] = [rightsOf(all), rightsOf(left)];
    const Statement = this.#statements.flatMap((statement) => {
      if (!before.has(statement.Sid)) return [statement];
      const actions = after.get(statement.Sid);
      return actions ? [{ ...statement, Action: actions }] : [];
    });
    await this.#put(JSON.stringify({ ...JSON.parse(this.#document), Statement }));
  }

  async restore(): Promise<void> {
    await this.#put(this.#document);
  }

  async #put(PolicyDocument: string): Promise<void> {
    await this.#iam.send(new PutRolePolicyCommand({ RoleName: this.#name, PolicyName: 'grants', PolicyDocument }));
  }
}
