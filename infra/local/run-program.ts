import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { ROOT } from './system.ts';

const children = new Set<ReturnType<typeof spawn>>();

/** Ends whatever `run` started and is still running: Ctrl-C in the middle of a deployment leaves nothing behind. */
export function endPrograms(): void {
  for (const child of children) {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

const lastLine = (output: string): string =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .at(-1) ?? '';

/** Runs a program to its end, quietly: what it says goes to the log file if there is one, and into the error's `output` if it fails. */
export const run = (
  program: string,
  args: readonly string[],
  { env = {}, log, cwd = ROOT }: { env?: Readonly<Record<string, string | undefined>>; log?: string; cwd?: string } = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: one signal ends it with all its children.
      detached: true,
    });
    children.add(child);
    const file = log ? createWriteStream(log, { flags: 'a' }) : undefined;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        file?.write(chunk);
        output = (output + chunk.toString()).slice(-200_000);
      });
    }
    child.once('error', (error) => {
      children.delete(child);
      reject(error);
    });
    child.once('close', (code) => {
      children.delete(child);
      file?.end();
      if (code === 0) resolve(output);
      else reject(Object.assign(new Error(lastLine(output) || `${program} ended with ${code}`), { output, code }));
    });
  });
