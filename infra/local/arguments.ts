import { parseArgs } from 'node:util';
import { Refusal } from './progress.ts';

export interface StartOptions {
  readonly fresh: boolean;
  readonly detach: boolean;
  /** Local civil time `2026-09-15T10:05`, French wall clock. */
  readonly at: string | undefined;
  readonly port: number;
  readonly inboxPort: number;
  readonly emulatorPort: number;
  readonly seed: number | undefined;
  readonly pupils: number | undefined;
  readonly demo: boolean;
  readonly system: string;
  /** Seconds between an absence and its mail; the stage's own setting when left out. */
  readonly grace: number | undefined;
}

function number(value: string | undefined, flag: string, [least, most]: readonly [number, number]): number | undefined {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < least || parsed > most) {
    throw new Refusal(`--${flag} takes a whole number from ${least} to ${most}, not "${value}".`);
  }
  return parsed;
}

const PORTS = [1, 65_535] as const;
const DAY = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** node:util's own messages name the flag; they only lack the house's one-line form. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS'))
      throw new Refusal((error as Error).message.split('. ')[0] ?? '');
    throw error;
  }
}

export function startOptions(args: readonly string[]): StartOptions {
  const { values } = parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        fresh: { type: 'boolean', default: false },
        detach: { type: 'boolean', default: false },
        at: { type: 'string' },
        port: { type: 'string', default: '8080' },
        'inbox-port': { type: 'string', default: '8025' },
        'emulator-port': { type: 'string', default: '4566' },
        seed: { type: 'string' },
        pupils: { type: 'string' },
        'no-demo': { type: 'boolean', default: false },
        system: { type: 'string', default: '.preau' },
        grace: { type: 'string' },
      },
    }),
  );
  if (values.at !== undefined && !(DAY.test(values.at) && !Number.isNaN(Date.parse(`${values.at}Z`)))) {
    throw new Refusal(`--at takes a local date and time such as 2026-09-15T10:05, not "${values.at}".`);
  }
  return {
    fresh: values.fresh,
    detach: values.detach,
    at: values.at,
    port: number(values.port, 'port', PORTS) as number,
    inboxPort: number(values['inbox-port'], 'inbox-port', PORTS) as number,
    emulatorPort: number(values['emulator-port'], 'emulator-port', PORTS) as number,
    seed: number(values.seed, 'seed', [0, 2 ** 31]),
    pupils: number(values.pupils, 'pupils', [1, 5_000]),
    demo: !values['no-demo'],
    system: values.system,
    grace: number(values.grace, 'grace', [0, 900]),
  };
}

const STAGE = /^[a-z][a-z0-9]{1,15}$/;

/** A stage on AWS: lower-case letters and digits, never the one that names the machine itself. */
export function stageName(stage: string | undefined): string {
  if (!stage) throw new Refusal('Say which stage: -- --stage NAME');
  if (!STAGE.test(stage)) throw new Refusal(`A stage is 2 to 16 lower-case letters and digits, not "${stage}".`);
  return stage;
}

export function stageOptions(args: readonly string[]): { stage: string; region: string } {
  const { values } = parsed(() =>
    parseArgs({ args: [...args], options: { stage: { type: 'string' }, region: { type: 'string', default: 'eu-west-3' } } }),
  );
  const stage = stageName(values.stage);
  if (stage === 'local') throw new Refusal('The stage "local" is this machine: npm start runs it, npm stop ends it.');
  return { stage, region: values.region };
}
