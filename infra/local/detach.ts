import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Refusal } from './progress.ts';
import { folders } from './system.ts';

const START = fileURLToPath(new URL('start.ts', import.meta.url));

/** Starts the system as a process of its own, shows its progress, and answers once it is ready. */
export async function detach(args: readonly string[], system: string): Promise<void> {
  const { home, log } = folders(system);
  mkdirSync(home, { recursive: true });
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, [...process.execArgv, START, ...args], {
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
    env: { ...process.env, PREAU_DETACHED: '1' },
  });
  closeSync(output);
  const follow = openSync(log, 'r');
  const chunk = Buffer.alloc(65_536);
  const show = () => {
    for (let length = readSync(follow, chunk); length > 0; length = readSync(follow, chunk))
      process.stdout.write(chunk.subarray(0, length));
  };
  const showing = setInterval(show, 100);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const ready = await new Promise<boolean>((resolve) => {
    child.once('message', () => resolve(true));
    child.once('exit', () => resolve(false));
    child.once('error', () => resolve(false));
  });
  clearInterval(showing);
  show();
  closeSync(follow);
  if (!ready) throw new Refusal('The system did not start.');
  child.disconnect();
  child.unref();
  console.log('It runs on in the background: npm stop ends it.');
  process.exit(0);
}
