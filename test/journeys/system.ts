import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SentMail } from '../../infra/local/inbox.ts';
import type { System } from '../../infra/local/system.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = resolve(ROOT, process.env.PREAU_SYSTEM ?? '.preau');

/** The running system that the journeys visit. */
export const readSystem = (): System => JSON.parse(readFileSync(join(FOLDER, 'system.json'), 'utf8')) as System;

const local = (command: 'start' | 'stop', args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, `infra/local/${command}.ts`), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`);
};

export const stopSystem = (): void => local('stop', ['--system', FOLDER]);

/** Starts again what `stopSystem` stopped: same ports, same state; the clock goes on. */
export function startAgain({ arguments: args }: System): System {
  const at = args.indexOf('--at');
  const kept = args.filter((argument, i) => argument !== '--fresh' && (at < 0 || (i !== at && i !== at + 1)));
  local('start', [...kept, '--detach']);
  return readSystem();
}

/** Every mail sent, the newest first; those to one address when given. */
export async function readMails({ inbox }: System, to = ''): Promise<SentMail[]> {
  const answer = await fetch(`${inbox}/api/messages?to=${encodeURIComponent(to)}`);
  return (await answer.json()) as SentMail[];
}
