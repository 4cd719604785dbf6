/**
 * The first thing every npm command runs, on whatever Node the host has: plain JavaScript, no dependency.
 * It installs the project when that is needed and hands over to the command with the project's own Node (Lambda's).
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [command, ...rest] = process.argv.slice(2);
const commands = ['start', 'stop', 'dev', 'test', 'import', 'deploy', 'invite', 'remove', 'redrive'];

/** @param {string} line what is wrong and what to do about it */
function refuse(line) {
  console.error(`✖ ${line}`);
  process.exit(1);
}

if (!commands.includes(command)) refuse(`Unknown command "${command ?? ''}": one of ${commands.join(', ')}.`);
if (Number(process.versions.node.split('.')[0]) < 20) {
  refuse(`Node ${process.versions.node} is too old: install Node 20 or later (https://nodejs.org), then run this again.`);
}

/** What is installed is what the lock file says; packages for other platforms may be missing. */
function installed() {
  const present = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(present) || !existsSync(join(root, 'node_modules/.bin'))) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(present, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional === true || found[path]?.version === version,
  );
}

function install() {
  process.stdout.write('  installing the project’s packages (npm ci) …\n');
  const began = Date.now();
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, encoding: 'utf8' })
    : spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) {
    const cause =
      `${done.stderr ?? ''}`.split('\n').find((line) => /npm (error|ERR!)/.test(line)) ?? done.error?.message ?? 'npm ci failed';
    refuse(
      `The packages could not be installed (${cause.replace(/npm (error|ERR!)\s*/, '').trim()}). Check the network, proxy or npm registry, then run this again.`,
    );
  }
  console.log(`✔ Packages installed (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

if (!installed()) install();

const bin = join(root, 'node_modules/.bin');
const node = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
if (!existsSync(node)) {
  refuse('The project’s own Node is missing (its install script did not run). Run: npm ci --ignore-scripts=false');
}

const args = rest[0] === '--' ? rest.slice(1) : rest;
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, 'infra/local', `${command}.ts`), ...args], {
  cwd: root,
  // The channel tells the command that this process is gone, however it went.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => refuse(error.message));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
