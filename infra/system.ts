import type { App } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Context } from '../shared/kernel/index.ts';
import { type Declared, refuse } from './checks/blueprint.ts';
import type { Entry } from './entries.ts';
import { ContextStack } from './stacks/context.ts';
import { PlatformStack } from './stacks/platform.ts';
import { WebStack } from './stacks/web.ts';
import type { Stage } from './stages.ts';

export interface SystemProps {
  readonly stage: Stage;
  readonly catalogue: readonly Context[];
  /** A function's bundle. */
  readonly code: (entry: Entry) => Code;
  /** What `shared/` declares, to find what no manifest binds. */
  readonly declared?: Declared;
}

export interface System {
  readonly platform: PlatformStack;
  readonly web: WebStack;
  readonly contexts: readonly ContextStack[];
}

/** The whole deployment, computed from the catalogue; throws what is wrong with it, and the remedy, before any resource exists. */
export function buildSystem(app: App, { stage, catalogue, code, declared }: SystemProps): System {
  refuse(catalogue, declared);
  const platform = new PlatformStack(app, stage);
  const web = new WebStack(app, stage, platform);
  const contexts = catalogue.map((context) => new ContextStack(app, { stage, context, platform, code, siteUrl: web.siteUrl }));
  if (!stage.local) {
    // API Gateway refuses two changes to one API at a time.
    for (const [at, stack] of contexts.entries()) stack.addStackDependency(contexts[at - 1] ?? web);
  }
  return { platform, web, contexts };
}
