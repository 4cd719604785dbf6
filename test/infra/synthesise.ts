import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type Stage, stageOf } from '../../infra/stages.ts';
import { buildSystem, type System } from '../../infra/system.ts';
import type { Context } from '../../shared/kernel/index.ts';

export const SETTINGS = {
  stage: 'demo',
  account: '123456789012',
  region: 'eu-west-3',
  sender: 'vie-scolaire@ent.example.fr',
  siteUrl: undefined,
  certificate: undefined,
  operator: undefined,
  civilOffsetMs: undefined,
  removing: undefined,
};
export const DEPLOYED: Stage = stageOf(SETTINGS);

export const ON_ONE_MACHINE: Stage = stageOf({
  stage: 'local',
  account: '000000000000',
  region: 'eu-west-3',
  sender: undefined,
  siteUrl: 'http://127.0.0.1:8080',
  certificate: undefined,
  operator: undefined,
  civilOffsetMs: '-60000',
  graceSeconds: 2,
  removing: undefined,
});

/** A system without bundles: what a function does is not what infrastructure tests ask. */
export function synthesise(catalogue: readonly Context[], stage: Stage = DEPLOYED): { app: App; system: System; stacks: Stack[] } {
  const app = new App();
  const system = buildSystem(app, { stage, catalogue, code: () => Code.fromInline('exports.handler = async () => {};') });
  return { app, system, stacks: [system.platform, system.web, ...system.contexts] };
}

interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly Type: string;
  readonly DependsOn?: string | readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: a CloudFormation template is a tree of any shape
  readonly Properties: any;
}

/** Every resource of every template. */
export const resourcesOf = (stacks: readonly Stack[]): Resource[] =>
  stacks.flatMap((stack) =>
    Object.entries(Template.fromStack(stack).toJSON().Resources ?? {}).map(([id, resource]) => ({
      ...(resource as Omit<Resource, 'stack' | 'id'>),
      stack: stack.stackName,
      id,
    })),
  );
