import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, openSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mendState } from './mend-state.ts';
import { VENV } from './prepare-python.ts';
import { Refusal } from './progress.ts';
import { type Folders, gone, LOCAL_ACCOUNT, markRunning, REGION, ROOT, running } from './system.ts';

export interface Emulator {
  readonly url: string;
  readonly pid: number;
  /** Settles when the emulator ends, asked or not. */
  readonly ended: Promise<void>;
  /** Saves the state and ends it with its workers. */
  stop(): Promise<void>;
}

/** How every client of the emulator, the CDK included, finds it. */
export const emulatorEnvironment = (url: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  // Not the operator's own profiles, whatever they hold.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_DEFAULT_ACCOUNT: LOCAL_ACCOUNT,
  CDK_DEFAULT_REGION: REGION,
});

const signal = (pid: number, name: NodeJS.Signals) => {
  try {
    process.kill(-pid, name);
  } catch {
    // Gone already.
  }
};

/** SIGTERM saves the state; what does not end in time is ended. */
export async function endEmulator(pid: number, pidFile: string): Promise<void> {
  // Only the emulator itself: its workers are its own to end, after it has saved.
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // Gone already.
  }
  if (!(await gone(pid, 15_000))) signal(pid, 'SIGKILL');
  signal(pid, 'SIGKILL');
  rmSync(pidFile, { force: true });
}

/** An emulator left by a system that was killed: it still holds the ports and the state. */
export async function endOrphan({ emulatorPid }: Folders): Promise<void> {
  const pid = running(emulatorPid);
  if (!pid) return;
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  if (stdout.includes('ministack')) await endEmulator(pid, emulatorPid);
  else rmSync(emulatorPid, { force: true });
}

export async function startEmulator(home: Folders, port: number, mailPort: number): Promise<Emulator> {
  mkdirSync(home.state, { recursive: true });
  mendState(home.state);
  const url = `http://127.0.0.1:${port}`;
  const log = openSync(home.emulatorLog, 'a');
  const child: ChildProcess = spawn(join(VENV, 'bin/python'), ['-m', 'ministack'], {
    cwd: home.home,
    // Its own group: Ctrl-C reaches us alone, and we decide in which order things end.
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      ...emulatorEnvironment(url),
      // Functions run on the first node of the path: Lambda's version, from npm.
      PATH: `${join(ROOT, 'node_modules/node/bin')}${delimiter}${process.env.PATH ?? ''}`,
      TMPDIR: process.env.TMPDIR ?? '/tmp',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: REGION,
      MINISTACK_ACCOUNT_ID: LOCAL_ACCOUNT,
      PERSIST_STATE: '1',
      STATE_DIR: home.state,
      S3_PERSIST: '1',
      S3_DATA_DIR: join(home.state, 'files'),
      AUTH: 'true',
      LOG_LEVEL: process.env.PREAU_EMULATOR_LOG ?? 'WARNING',
      SMTP_HOST: `127.0.0.1:${mailPort}`,
      // Listeners of services that are not used here.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const pid = child.pid;
  if (!pid) throw new Refusal(`The AWS emulator did not start: remove ${VENV} and run this again.`);
  markRunning(home.emulatorPid, pid);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const until = Date.now() + 60_000;
  for (;;) {
    const ready = await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) break;
    if (over || Date.now() > until) {
      await endEmulator(pid, home.emulatorPid);
      throw new Refusal(`The AWS emulator did not start: see ${home.emulatorLog}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, pid, ended, stop: () => endEmulator(pid, home.emulatorPid) };
}
