import { CliCredentialsStackSynthesizer, DefaultStackSynthesizer, type IStackSynthesizer, type StackProps } from 'aws-cdk-lib';
import type { Stage } from '../stages.ts';

/** `preau-{stage}-{part}`: how tools find a stack. */
export const stackName = (stage: Stage, part: string): string => `preau-${stage.name}-${part}`;

export const houseStack = (stage: Stage, part: string, description: string): StackProps => ({
  stackName: stackName(stage, part),
  description,
  env: { account: stage.account, region: stage.region },
  tags: { application: 'preau', stage: stage.name },
  terminationProtection: stage.protected,
  // The emulator does not know the condition that the default bootstrap roles carry.
  synthesizer: (stage.local ? new CliCredentialsStackSynthesizer() : new DefaultStackSynthesizer()) as IStackSynthesizer,
});
