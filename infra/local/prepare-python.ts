import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './progress.ts';
import { run } from './run-program.ts';
import { ROOT } from './system.ts';

const CANDIDATES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const PROBE = 'import sys; print("%d.%d" % sys.version_info[:2]); import ensurepip, venv; print("venv")';

/** `3.11`, and whether a virtual environment can be made; undefined when there is no such program. */
export type Probe = (program: string) => { version: string; venv: boolean } | undefined;

const probe: Probe = (program) => {
  const { stdout, error } = spawnSync(program, ['-c', PROBE], { encoding: 'utf8' });
  const [version, venv] = error ? [] : (stdout ?? '').trim().split('\n');
  return version ? { version, venv: venv === 'venv' } : undefined;
};

const recent = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor >= 10;
};

/** The first Python ≥ 3.10 that can make virtual environments; a refusal says what is missing and how to get it. */
export function findPython(probed: Probe = probe): string {
  const found = CANDIDATES.map((program) => ({ program, ...probed(program) }));
  const usable = found.filter(({ version }) => version && recent(version));
  const whole = usable.find(({ venv }) => venv);
  if (whole) return whole.program;
  const [bare] = usable;
  if (bare) {
    throw new Refusal(
      `Python ${bare.version} is here without its venv module. On Debian or Ubuntu: sudo apt install python3-venv, then run this again.`,
    );
  }
  const old = found.find(({ version }) => version)?.version;
  throw new Refusal(
    `${old ? `Python ${old} is too old` : 'Python is missing'}: the AWS emulator needs Python 3.10 or later (https://www.python.org/downloads/).`,
  );
}

const REQUIREMENTS = join(ROOT, 'infra/local/requirements.txt');
export const VENV = join(ROOT, '.preau/venv');

/** The emulator and the template linter in a virtual environment of the project's own. True when it had to be made. */
export async function preparePython(): Promise<boolean> {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const mark = join(VENV, 'preau-requirements');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted && existsSync(join(VENV, 'bin/ministack'))) return false;
  const python = findPython();
  rmSync(VENV, { recursive: true, force: true });
  await run(python, ['-m', 'venv', VENV]).catch((error: Error) => {
    throw new Refusal(
      `No virtual environment could be made with ${python} (${error.message}). On Debian or Ubuntu: sudo apt install python3-venv`,
    );
  });
  await run(join(VENV, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]).catch(
    (error: Error) => {
      throw new Refusal(`The AWS emulator could not be downloaded (${error.message}). Check the network or proxy, then run this again.`);
    },
  );
  writeFileSync(mark, wanted);
  return true;
}
