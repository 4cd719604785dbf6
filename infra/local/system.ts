import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const REGION = 'eu-west-3';
export const LOCAL_STAGE = 'local';
export const LOCAL_ACCOUNT = '000000000000';

/** Where a local system keeps what it has: one folder each, so that several may run side by side. */
export const folders = (folder: string) => {
  const home = resolve(ROOT, folder);
  return {
    home,
    state: join(home, 'state'),
    mail: join(home, 'mail'),
    demo: join(home, 'demo'),
    assembly: join(home, 'cdk.out'),
    synthesis: join(home, 'synthesis.json'),
    outputs: join(home, 'outputs.json'),
    clock: join(home, 'clock.json'),
    description: join(home, 'system.json'),
    log: join(home, 'system.log'),
    deployLog: join(home, 'deploy.log'),
    emulatorLog: join(home, 'emulator.log'),
    emulatorPid: join(home, 'emulator.pid'),
    pid: join(home, 'system.pid'),
  } as const;
};
export type Folders = ReturnType<typeof folders>;

/** One account of the demo, as printed and as written for tests and tools. */
export interface DemoLogin {
  readonly door: string;
  readonly name: string;
  /** What they are there for. */
  readonly what: string;
  readonly login: string;
  readonly password: string;
  readonly personId: string;
  readonly uai: string;
}

/** `.preau/system.json`: what is running where, for tests and tools. */
export interface System {
  readonly stage: string;
  readonly region: string;
  readonly site: string;
  readonly inbox: string;
  readonly emulator: string;
  readonly apiId: string;
  readonly distribution: string;
  readonly pools: Readonly<Record<string, { readonly poolId: string; readonly clientId: string }>>;
  /** Milliseconds to add to the real time to get the local civil time. */
  readonly civilOffsetMs: number;
  readonly logins: Readonly<Record<string, readonly DemoLogin[]>>;
  readonly pid: number;
  /** What it was started with, for whoever restarts it. */
  readonly arguments: readonly string[];
  readonly [more: string]: unknown;
}

export const readSystem = ({ description }: Folders): System | undefined =>
  existsSync(description) ? (JSON.parse(readFileSync(description, 'utf8')) as System) : undefined;

export const writeSystem = ({ description }: Folders, system: System): void =>
  writeFileSync(description, `${JSON.stringify(system, null, 2)}\n`);

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The process a pid file names, while it lives. */
export function running(pidFile: string): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (pid > 0 && alive(pid)) return pid;
  rmSync(pidFile, { force: true });
  return undefined;
}

export function markRunning(pidFile: string, pid: number): void {
  mkdirSync(join(pidFile, '..'), { recursive: true });
  writeFileSync(pidFile, `${pid}\n`);
}

/** True once the process is gone; false when it outlived the wait. */
export async function gone(pid: number, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (alive(pid)) {
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}
