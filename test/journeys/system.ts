import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SentMail } from '../../infra/local/inbox.ts';
import { gone, type System } from '../../infra/local/system.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = resolve(ROOT, process.env.PREAU_SYSTEM ?? '.preau');

/** The running system that the journeys visit. */
export const readSystem = (): System => JSON.parse(readFileSync(join(FOLDER, 'system.json'), 'utf8')) as System;

/** Ends a system as `npm stop` does, without the time that a program takes to start. */
export async function stopSystem({ pid }: System): Promise<void> {
  process.kill(pid, 'SIGTERM');
  if (!(await gone(pid, 60_000))) throw new Error(`The system (process ${pid}) does not stop`);
}

/** Starts again what `stopSystem` stopped: same ports, same state; the clock goes on. */
export async function startAgain({ arguments: args }: System): Promise<System> {
  const at = args.indexOf('--at');
  const kept = args.filter((argument, i) => argument !== '--fresh' && (at < 0 || (i !== at && i !== at + 1)));
  // Not in one breath: connections that ended meanwhile have to be seen to end.
  await promisify(execFile)(process.execPath, [join(ROOT, 'infra/local/start.ts'), ...kept, '--detach'], { cwd: ROOT }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`The system did not start again:\n${stdout}${stderr}`);
    },
  );
  return readSystem();
}

/** Every mail sent, the newest first; those to one address when given. */
export async function readMails({ inbox }: System, to = ''): Promise<SentMail[]> {
  const answer = await fetch(`${inbox}/api/messages?to=${encodeURIComponent(to)}`);
  return (await answer.json()) as SentMail[];
}
