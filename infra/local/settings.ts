import { parseArgs } from 'node:util';
import { parsed, stageName } from './arguments.ts';
import type { StageSettings } from './deploy-stacks.ts';
import { mark, setMark } from './marks.ts';
import { Refusal } from './progress.ts';

export interface Deployment {
  readonly stage: string;
  readonly region: string;
  /** The settings given, and those that the stage was deployed with before. */
  readonly settings: StageSettings;
}

const kept = (stage: string) => `/preau-${stage}/settings`;

/** A stage remembers its settings in the account it lives in: they are given once, by whoever deploys first. */
export const keepSettings = ({ stage, settings }: Deployment): Promise<void> => setMark(kept(stage), JSON.stringify(settings));
export const settingsOf = kept;

/** `--stage NAME --sender … --identity … --site-url … --certificate … --operator … --region …`, completed by what was given before. */
export async function deployment(args: readonly string[]): Promise<Deployment> {
  const text = { type: 'string' } as const;
  const { values } = parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        stage: text,
        region: { ...text, default: 'eu-west-3' },
        sender: text,
        identity: text,
        'site-url': text,
        certificate: text,
        operator: text,
      },
    }),
  );
  const stage = stageName(values.stage);
  if (stage === 'local') throw new Refusal('The stage "local" is this machine: npm start runs it, npm stop ends it.');
  process.env.AWS_REGION = values.region;
  process.env.AWS_DEFAULT_REGION = values.region;
  const before = await mark(kept(stage)).catch((error: Error) => {
    throw new Refusal(`AWS does not answer with these credentials (${error.message}): set AWS_PROFILE, or the keys of an operator.`);
  });
  const { sender, identity, certificate, operator } = values;
  const given = { sender, identity, siteUrl: values['site-url'], certificate, operator };
  return {
    stage,
    region: values.region,
    settings: {
      ...(JSON.parse(before ?? '{}') as StageSettings),
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      stage,
      region: values.region,
    },
  };
}

/** Settings as the CDK's command line takes them. */
export const asContext = (settings: StageSettings): string[] =>
  Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : ['-c', `${name}=${value}`]));
