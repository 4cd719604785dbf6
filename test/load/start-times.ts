/**
 * Times of working on one machine: a start with the state kept, an edited function live under `npm run dev`, and a stop:
 * `node test/load/start-times.ts [--system .preau/start-times] [--port 8980] [--inbox-port 8925] [--emulator-port 5066] [--check]`.
 * It starts a system of its own (the first time it deploys one, which is not counted: a first start includes the installs of a fresh clone and
 * is timed there: `git clone … && cd preau && time npm start -- --detach`).
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from './figures.ts';

const TARGET = { nextStart: 20, functionLive: 5 };
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const { values } = parseArgs({
  options: {
    system: { type: 'string', default: '.preau/start-times' },
    port: { type: 'string', default: '8980' },
    'inbox-port': { type: 'string', default: '8925' },
    'emulator-port': { type: 'string', default: '5066' },
    check: { type: 'boolean', default: false },
  },
});
const { check, ...places } = values;
const where = Object.entries(places).flatMap(([name, value]) => [`--${name}`, value]);

const run = (command: string, ...args: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(process.execPath, [join(ROOT, 'infra/local/run.mjs'), command, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    child.once('exit', (code) => (code === 0 ? resolve((performance.now() - from) / 1000) : reject(new Error(`${command}:\n${said}`))));
  });

const site = `http://localhost:${values.port}`;
/** What the page of a mail's link says to a link that nobody sent: it needs no account and writes nothing. */
const answered = async (): Promise<string> => (await fetch(`${site}/api/public/attendance/answers/inconnu`)).text();
const PAGE = { file: 'functions/attendance/answer-page.ts', says: 'Ce lien n’a pas été reconnu', edited: 'Ce lien vient d’être changé' };

/** Waits until something is so, and tells the seconds it took. */
const until = async (what: string, holds: () => Promise<boolean>, seconds = 120): Promise<number> => {
  const from = performance.now();
  for (;;) {
    if (await holds().catch(() => false)) return (performance.now() - from) / 1000;
    if (performance.now() - from > seconds * 1000) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Edits a file while something is measured, and puts it back whatever happens. */
const edited = async (file: string, edit: (text: string) => string, act: () => Promise<number>): Promise<number> => {
  const before = readFileSync(file, 'utf8');
  const after = edit(before);
  if (after === before) throw new Error(`${file} is no longer what this edits`);
  writeFileSync(file, after);
  try {
    return await act();
  } finally {
    writeFileSync(file, before);
  }
};

console.log('a first start of its own, uncounted …');
await run('start', '--detach', ...where);
const stop = await run('stop', '--system', values.system);
const nextStart = await run('start', '--detach', ...where);
await run('stop', '--system', values.system);

const dev = spawn(process.execPath, [join(ROOT, 'infra/local/run.mjs'), 'dev', ...where], {
  cwd: ROOT,
  stdio: ['ignore', 'pipe', 'inherit'],
});
let said = '';
dev.stdout.on('data', (chunk: Buffer) => {
  said += chunk;
});
const ended = new Promise((resolve) => dev.once('exit', resolve));
let functionLive: number;
try {
  await until('npm run dev', async () => said.includes('pages and functions follow your edits'), 300);
  if (!(await answered()).includes(PAGE.says)) throw new Error(`the page no longer says « ${PAGE.says} »`);
  functionLive = await edited(
    join(ROOT, PAGE.file),
    (text) => text.replace(PAGE.says, PAGE.edited),
    () => until('the edited function', async () => (await answered()).includes(PAGE.edited)),
  );
} finally {
  dev.kill('SIGTERM');
  await ended;
}
const seconds = (n: number) => `${n.toFixed(1)} s`;
const mark = (n: number, target: number) => (n <= target ? '' : 'MISSED');
console.log(
  table([
    ['', 'took', 'at most', ''],
    ['next start, state kept', seconds(nextStart), `${TARGET.nextStart} s`, mark(nextStart, TARGET.nextStart)],
    ['an edited function answers', seconds(functionLive), `${TARGET.functionLive} s`, mark(functionLive, TARGET.functionLive)],
    ['stop', seconds(stop), '', ''],
  ]),
);
const held = nextStart <= TARGET.nextStart && functionLive <= TARGET.functionLive;
console.log(`target: ${held ? 'held' : 'MISSED'}`);
if (check && !held) process.exitCode = 1;
