import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartOptions } from './arguments.ts';
import { buildSite, SITE } from './build-site.ts';
import { civilOffset } from './civil-time.ts';
import { bootstrap, deployStacks, type Outputs, readOutputs, synthesise, type Target } from './deploy-stacks.ts';
import { startGateway } from './gateway.ts';
import { openMailbox, startInbox } from './inbox.ts';
import { loadDemo } from './load-demo.ts';
import { BOOTSTRAPPED, DEPLOYED, mark, setMark } from './marks.ts';
import { originHeaders } from './origin.ts';
import { freePort, refuseTakenPorts } from './ports.ts';
import { preparePython } from './prepare-python.ts';
import { Refusal, step } from './progress.ts';
import { publishSite } from './publish-site.ts';
import { receiveMail } from './receive-mail.ts';
import { endPrograms } from './run-program.ts';
import { stackSources } from './sources.ts';
import { type Emulator, emulatorEnvironment, endOrphan, startEmulator } from './start-emulator.ts';
import {
  type Folders,
  folders,
  LOCAL_ACCOUNT,
  LOCAL_STAGE,
  markRunning,
  REGION,
  readSystem,
  running,
  type System,
  writeSystem,
} from './system.ts';
import { verifySender } from './verify-sender.ts';

export interface RunningSystem {
  readonly system: System;
  readonly target: Target;
  readonly emulator: Emulator;
  readonly outputs: Outputs;
  /** Settles when the emulator ends, asked or not. */
  readonly ended: Promise<void>;
}

/** Things to undo, the last begun first. */
export class Undo {
  readonly #acts: (() => unknown)[] = [];
  #undone: Promise<void> | undefined;

  add(act: () => unknown): void {
    this.#acts.push(act);
  }

  /** Once, however often it is asked for. */
  run(): Promise<void> {
    this.#undone ??= (async () => {
      for (const act of this.#acts.reverse()) {
        await Promise.resolve(act()).catch((error: unknown) => console.error(error));
      }
    })();
    return this.#undone;
  }
}

/** The mailbox that local mails come from; nothing leaves the machine. */
const SENDER = 'vie-scolaire@preau.example';

/** Keeps the Python environment, the browser and other systems that may live in the same folder. */
function startOver(home: Folders): void {
  const { state, mail, demo, assembly, synthesis, outputs, clock, deployLog, emulatorLog } = home;
  for (const path of [state, mail, demo, assembly, synthesis, outputs, clock, deployLog, emulatorLog])
    rmSync(path, { recursive: true, force: true });
}

function setClock({ clock }: Folders, at: string | undefined): number {
  const before = existsSync(clock) ? (JSON.parse(readFileSync(clock, 'utf8')) as { offset: number }).offset : undefined;
  const offset = civilOffset(new Date(), { asked: at, before });
  writeFileSync(clock, JSON.stringify({ offset }));
  return offset;
}

/** Streams, the bus and consumers need a moment to carry on what was just written; what waits in a queue is saved with the state. */
const SETTLING = 3_000;

const settle = async (lastWrite: number) => {
  const wait = lastWrite + SETTLING - Date.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
};

/** What the emulator was told to be, and from which sources that was computed. */
interface Synthesis {
  readonly sources: string;
  readonly assembly: string;
}

/** Synthesises, unless the sources and settings are those of the last time. */
async function synthesis(target: Target, { synthesis: file, assembly }: Folders, force = false): Promise<{ hash: string; done: boolean }> {
  const sources = stackSources(target.settings);
  const last = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Synthesis) : undefined;
  if (!force && last?.sources === sources && existsSync(join(assembly, 'manifest.json'))) return { hash: last.assembly, done: false };
  const hash = await synthesise(target);
  writeFileSync(file, JSON.stringify({ sources, assembly: hash } satisfies Synthesis));
  return { hash, done: true };
}

/** Deploys what `npm run deploy` deploys, unless the emulator holds exactly that already. */
async function deployLocally(target: Target, outputs: string, hash: string): Promise<{ deployed: boolean; outputs: Outputs }> {
  const kept = readOutputs(outputs);
  if (kept && (await mark(DEPLOYED)) === hash) return { deployed: false, outputs: kept };
  const fresh = await deployStacks(target, outputs, 4);
  await setMark(DEPLOYED, hash);
  return { deployed: true, outputs: fresh };
}

/** Brings an edited declaration to the running system: the whole of it, as a deployment would. */
export async function redeploy(target: Target, home: Folders): Promise<void> {
  const { hash } = await synthesis(target, home);
  await deployLocally(target, home.outputs, hash);
}

const required = (outputs: Outputs, name: string): string => {
  const value = outputs[name];
  if (!value) throw new Error(`The stacks have no output "${name}"`);
  return value;
};

const poolsOf = (outputs: Outputs): System['pools'] =>
  Object.fromEntries(
    Object.entries(outputs)
      .filter(([name]) => name.startsWith('Pool'))
      .map(([name, poolId]) => {
        const door = name.slice('Pool'.length);
        return [door.toLowerCase(), { poolId, clientId: outputs[`Client${door}`] ?? '' }];
      }),
  );

/**
 * Brings the whole system up, step by step, each step printed with its time. `undo` takes it down again, finished or not; `pages` is a
 * development server that stands in for the site's bucket.
 */
export async function startSystem(options: StartOptions, args: readonly string[], undo: Undo, pages?: string): Promise<RunningSystem> {
  const home = folders(options.system);
  mkdirSync(home.home, { recursive: true });
  const other = running(home.pid);
  if (other) {
    const site = readSystem(home)?.site;
    throw new Refusal(`Préau is running already${site ? ` at ${site}` : ''} (process ${other}): npm stop ends it.`);
  }
  await endOrphan(home);
  const flag = (name: string) => ({ flag: name });
  await refuseTakenPorts([
    { port: options.port, what: 'the site', ...flag('port') },
    { port: options.inboxPort, what: 'the inbox', ...flag('inbox-port') },
    { port: options.emulatorPort, what: 'the AWS emulator', ...flag('emulator-port') },
  ]);
  if (options.fresh) startOver(home);
  markRunning(home.pid, process.pid);
  undo.add(() => rmSync(home.pid, { force: true }));
  undo.add(() => rmSync(home.description, { force: true }));

  const site = `http://localhost:${options.port}`;
  const civilOffsetMs = setClock(home, options.at);
  const target: Target = {
    settings: { stage: LOCAL_STAGE, sender: SENDER, siteUrl: site, civilOffsetMs, graceSeconds: options.grace },
    env: emulatorEnvironment(`http://127.0.0.1:${options.emulatorPort}`),
    assembly: home.assembly,
    log: home.deployLog,
  };
  Object.assign(process.env, target.env);

  undo.add(endPrograms);
  const starting = (async () => {
    await step('Python environment', preparePython, (made) => (made ? 'emulator installed' : undefined));
    const mailPort = await freePort();
    const mailbox = openMailbox(`http://127.0.0.1:${options.emulatorPort}`, home.mail);
    const relay = await receiveMail(mailPort, home.mail, () => setTimeout(mailbox.list, 200));
    undo.add(() => relay.close());
    const emulator = await step('AWS emulator, IAM enforced', () => startEmulator(home, options.emulatorPort, mailPort));
    undo.add(() => emulator.stop());
    undo.add(() => mailbox.list());
    if (!(await mark(BOOTSTRAPPED))) await step('cdk bootstrap', () => bootstrap(target, LOCAL_ACCOUNT, REGION));
    return { emulator, mailbox };
  })();
  // Two things at a time on two cores: the emulator with its downloads, and what is built meanwhile.
  const building = (async () => {
    const { hash } = await step(
      'Stacks synthesised',
      () => synthesis(target, home),
      ({ done }) => (done ? undefined : 'unchanged'),
    );
    if (!pages) await step('Site built', buildSite, (built) => (built ? undefined : 'unchanged'));
    return hash;
  })();
  const [begun, built] = await Promise.allSettled([starting, building]);
  if (begun.status === 'rejected') throw begun.reason;
  if (built.status === 'rejected') throw built.reason;
  const { emulator, mailbox } = begun.value;

  const { outputs } = await step(
    'cdk deploy',
    () => deployLocally(target, home.outputs, built.value),
    ({ deployed }) => (deployed ? undefined : 'unchanged'),
  );
  if (!pages) {
    await step(
      'Site published',
      () => publishSite({ folder: SITE, bucket: required(outputs, 'SiteBucket') }),
      (files) => (files === 0 ? 'unchanged' : `${files} files`),
    );
  }
  await step('Sender verified', () => verifySender(SENDER, outputs.FeedbackTopic));
  const apiId = required(outputs, 'ApiId');
  const distribution = required(outputs, 'DistributionDomain');
  const headers = await originHeaders(required(outputs, 'DistributionId'));
  const gateway = await startGateway(options.port, {
    emulator: emulator.url,
    apiId,
    distribution,
    originHeaders: headers,
    ...(pages ? { pages } : {}),
  });
  undo.add(async () => {
    await gateway.close();
    await settle(gateway.lastWrite());
  });
  const inbox = await startInbox(options.inboxPort, { mailbox, folder: home.mail });
  undo.add(() => {
    inbox.close();
    inbox.closeAllConnections();
  });

  const system: System = {
    stage: LOCAL_STAGE,
    region: REGION,
    site,
    inbox: `http://localhost:${options.inboxPort}`,
    emulator: emulator.url,
    apiId,
    distribution,
    pools: poolsOf(outputs),
    civilOffsetMs,
    logins: {},
    pid: process.pid,
    arguments: args,
  };
  const demo = options.demo ? await loadDemo(system, home, options) : undefined;
  const whole: System = demo ? { ...system, logins: demo.logins, schools: demo.schools } : system;
  writeSystem(home, whole);
  return { system: whole, target, emulator, outputs, ended: emulator.ended };
}
