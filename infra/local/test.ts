import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parsed } from './arguments.ts';
import { buildSite } from './build-site.ts';
import { synthesise } from './deploy-stacks.ts';
import { freePort } from './ports.ts';
import { preparePython, VENV } from './prepare-python.ts';
import { command } from './progress.ts';
import { endPrograms, run } from './run-program.ts';
import { REGION, ROOT } from './system.ts';
import { lastLine, NOTHING, sum, type Tally, tallyOf } from './tally.ts';

const SYSTEM = '.preau/test';
/** Seconds: longer than a stop takes, so that a journey can stop the system between a roll call and its mail. */
const GRACE = 6;
const REPORTS = join(ROOT, '.preau/reports');
const bin = (name: string) => join(ROOT, 'node_modules/.bin', name);
const node = process.execPath;

type Output = { readonly output?: string };

/** Runs what is counted, and prints it with its time and what failed. */
async function counted(title: string, act: () => Promise<Tally>): Promise<Tally> {
  const began = performance.now();
  const tally = await act().catch((error: Error & Output) => ({ ...NOTHING, failed: 1, failures: [error.output ?? error.message] }));
  const time = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const count = tally.passed + tally.failed + tally.skipped > 1 ? `: ${lastLine(tally)}` : '';
  console.log(`${tally.failed > 0 ? '✖' : '✔'} ${title}${count} (${time})`);
  for (const failure of tally.failures) console.log(failure.trimEnd().replace(/^/gm, '    '));
  return tally;
}

/** A program that passes when it ends with 0. */
const check = (title: string, program: string, args: readonly string[], options: Parameters<typeof run>[2] = {}) =>
  counted(title, async () => {
    await run(program, args, options);
    return { ...NOTHING, passed: 1 };
  });

/** Vitest's own words go to a log; its JSON report is what counts. */
const vitest = (title: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  counted(title, async () => {
    const report = join(REPORTS, `${title.replaceAll(' ', '-').toLowerCase()}.json`);
    rmSync(report, { force: true });
    const all = ['run', '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args];
    const outcome = await run(bin('vitest'), all, { env, log: report.replace(/json$/, 'log') }).then(
      () => undefined,
      (error: Error & Output) => error,
    );
    if (!existsSync(report)) {
      if (outcome) throw outcome;
      return NOTHING;
    }
    const tally = tallyOf(JSON.parse(readFileSync(report, 'utf8')));
    // An error outside of any test, for instance.
    return outcome && tally.failed === 0 ? { ...tally, failed: 1, failures: [outcome.output ?? outcome.message] } : tally;
  });

/** The templates as they would go to AWS, read by a linter that knows every resource type. */
const templates = () =>
  counted('Templates synthesised and linted', async () => {
    await preparePython();
    const assembly = join(ROOT, '.preau/lint.out');
    await synthesise({
      settings: { stage: 'demo', account: '111122223333', region: REGION, sender: 'vie-scolaire@ent.example.fr' },
      env: {},
      assembly,
      log: join(REPORTS, 'synth.log'),
    });
    const files = globSync('*.template.json', { cwd: assembly }).map((file) => join(assembly, file));
    await run(join(VENV, 'bin/cfn-lint'), ['--regions', REGION, '--non-zero-exit-code', 'error', '--', ...files]);
    return { ...NOTHING, passed: 1 };
  });

const stopSystem = () => run(node, [join(ROOT, 'infra/local/stop.ts'), '--system', SYSTEM]);

/** A system of its own, on ports of its own, and the journeys through it. */
async function journeys(): Promise<Tally[]> {
  const [port, inbox, emulator] = [await freePort(), await freePort(), await freePort()];
  const flags = ['--port', port, '--inbox-port', inbox, '--emulator-port', emulator, '--grace', GRACE].map(String);
  await stopSystem();
  const start = join(ROOT, 'infra/local/start.ts');
  const system = await check('System started afresh', node, [start, '--fresh', '--detach', '--system', SYSTEM, ...flags]);
  if (system.failed > 0) return [system];
  const walked = await vitest('Journeys', ['--config', 'test/journeys/vitest.config.ts'], { PREAU_SYSTEM: SYSTEM });
  return [system, walked, await check('System stopped', node, [join(ROOT, 'infra/local/stop.ts'), '--system', SYSTEM])];
}

await command(async () => {
  const { values } = parsed(() => parseArgs({ args: process.argv.slice(2), options: { fast: { type: 'boolean', default: false } } }));
  mkdirSync(REPORTS, { recursive: true });
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      endPrograms();
      void stopSystem().finally(() => process.exit(130));
    });
  }
  const site = existsSync(join(ROOT, 'web/vite.config.ts'));
  // The words of the catalogues and the types of the routes come with the build: types, lint and unit tests read them.
  const prepared = site
    ? [
        await counted('Site built', async () => {
          await buildSite();
          return { ...NOTHING, passed: 1 };
        }),
      ]
    : [];
  // Two at a time, for two cores.
  const lanes = await Promise.all([
    (async () => [
      await check('Types', bin('tsc'), ['--noEmit']),
      ...(site
        ? [await check('Types of the site', bin('svelte-check'), ['--tsconfig', './tsconfig.json'], { cwd: join(ROOT, 'web') })]
        : []),
      await check('Format and lint', bin('biome'), ['check', '.']),
      await check('Nothing unused', bin('knip'), []),
    ])(),
    (async () => [await templates(), await vitest('Unit, architecture and infrastructure tests', [])])(),
  ]);
  const whole = values.fast ? [] : await journeys();
  const total = sum([...prepared, ...lanes.flat(), ...whole]);
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(lastLine(total));
});
