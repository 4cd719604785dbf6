import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from './progress.ts';
import { run } from './run-program.ts';
import { ROOT } from './system.ts';

const NODE = join(ROOT, 'node_modules/node/bin/node');
const CDK = join(ROOT, 'node_modules/.bin/cdk');
const QUIET = { CDK_DISABLE_VERSION_CHECK: '1', CDK_DISABLE_CLI_TELEMETRY: 'true' };

/** What `infra/stages.ts` reads: one setting each. */
export type StageSettings = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Target {
  readonly settings: StageSettings;
  /** Credentials and endpoint. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the cloud assembly, and where the CDK's own words go. */
  readonly assembly: string;
  readonly log: string;
}

/** What an operator can act upon: the error as it was thrown, remedies included and stack left out, or the lines that tell. */
function telling(output: string): string {
  const thrown = /^\w*Error: .*(?:\n(?!\s+at |\n).*)*/m.exec(output)?.[0];
  if (thrown) return thrown;
  const lines = output.split('\n').filter((line) => !/^\s+at /.test(line));
  const wrong = lines.filter((line) => /error|fail|denied|unable|cannot|❌/i.test(line)).slice(0, 12);
  return (wrong.length > 0 ? wrong : lines.slice(-12)).join('\n');
}

const explained =
  (what: string, log: string) =>
  (error: Error & { output?: string }): never => {
    throw new Refusal(`${what}:\n${telling(error.output ?? error.message)}\n  (all of it in ${log})`);
  };

/** Runs the app into the assembly folder and answers a hash of all it would deploy: templates and every asset's content. */
export async function synthesise({ settings, env, assembly, log }: Target): Promise<string> {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context?: Record<string, unknown> };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  rmSync(assembly, { recursive: true, force: true });
  mkdirSync(assembly, { recursive: true });
  await run(NODE, [join(ROOT, 'infra/app.ts')], {
    env: {
      ...QUIET,
      ...env,
      CDK_OUTDIR: assembly,
      CDK_CONTEXT_JSON: JSON.stringify({
        ...context,
        ...given,
        'aws:cdk:enable-path-metadata': false,
        'aws:cdk:disable-version-reporting': true,
        'aws:cdk:version-reporting': false,
      }),
    },
    log,
  }).catch(explained('The stacks could not be synthesised', log));
  const hash = createHash('sha256');
  for (const file of globSync('*.{template,assets}.json', { cwd: assembly }).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(assembly, file)));
  }
  return hash.digest('hex');
}

/** The bucket that the CDK stages its assets in, once an account and region. */
export async function bootstrap({ env, log, assembly }: Target, account: string, region: string): Promise<void> {
  await run(CDK, ['bootstrap', `aws://${account}/${region}`, '--no-notices'], {
    env: { ...QUIET, ...env },
    log,
    // Where no cdk.json is: it needs no app, and one that does not synthesise must not stop it.
    cwd: dirname(assembly),
  }).catch(explained('The account could not be prepared for the CDK (cdk bootstrap)', log));
}

/** Every output of every stack by its name. */
export type Outputs = Readonly<Record<string, string>>;

export const readOutputs = (file: string): Outputs | undefined => {
  if (!existsSync(file)) return undefined;
  const stacks = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
  return Object.assign({}, ...Object.values(stacks)) as Outputs;
};

/** Deploys an assembly made by `synthesise`. On AWS one stack after the other: API Gateway refuses concurrent changes to one API. */
export async function deployStacks({ env, assembly, log }: Target, outputs: string, concurrency: number): Promise<Outputs> {
  mkdirSync(dirname(outputs), { recursive: true });
  rmSync(outputs, { force: true });
  const args = ['deploy', '--all', '--app', assembly, '--require-approval', 'never', '--no-notices', '--outputs-file', outputs];
  await run(CDK, [...args, '--concurrency', String(concurrency)], { env: { ...QUIET, ...env }, log }).catch(
    explained('The stacks could not be deployed', log),
  );
  return readOutputs(outputs) ?? {};
}
