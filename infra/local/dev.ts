import { join, relative } from 'node:path';
import { createServer } from 'vite';
import { startOptions } from './arguments.ts';
import { freePort } from './ports.ts';
import { command, Refusal, step } from './progress.ts';
import { functionPusher } from './push-functions.ts';
import { redeploy, startSystem, Undo } from './start-system.ts';
import { folders, ROOT } from './system.ts';

/** What infra computes resources from: these take a deployment, other files only new code. */
const DECLARES = /(^infra\/)|(manifest|routes|events|questions|table)\.ts$/;
const SOURCE = /\.(ts|js|json|xsd|svg|ttf|woff2)$/;

/** Gathers files until they have been quiet for a moment, and acts on them, never twice at a time. */
function gatherer(act: (files: readonly string[]) => Promise<void>): (path: string) => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let busy = Promise.resolve();
  const flush = () => {
    const files = [...changed];
    changed.clear();
    busy = busy.then(() => act(files)).catch((error: unknown) => console.error(error instanceof Refusal ? `✖ ${error.message}` : error));
  };
  return (path) => {
    const file = relative(ROOT, path);
    if (!/^(functions|shared|infra)\//.test(file) || !SOURCE.test(file) || /^infra\/(local|reference)\//.test(file)) return;
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(flush, 60);
  };
}

await command(async () => {
  const args = process.argv.slice(2);
  const options = startOptions(args);
  const home = folders(options.system);
  const undo = new Undo();
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    console.log('\nAsked to stop: saving the state and stopping …');
    void undo.run().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  process.channel?.unref();
  try {
    const port = await freePort();
    const web = join(ROOT, 'web');
    const { system, target, ended } = await startSystem(options, args, undo, `http://127.0.0.1:${port}`);
    const pages = await createServer({
      root: web,
      configFile: join(web, 'vite.config.ts'),
      // Its look ahead reads files that the site's own rules refuse: it meets the libraries as pages ask for them.
      optimizeDeps: { noDiscovery: true },
      server: { port, strictPort: true, host: '127.0.0.1' },
    });
    await pages.listen();
    undo.add(() => pages.close());
    const functions = functionPusher(join(home.home, 'bundles'));
    undo.add(async () => functions.forget());
    await step('Functions watched', () => functions.push());
    // The page server watches files well on every system; these are added to its own.
    pages.watcher.add(['functions', 'shared', 'infra'].map((folder) => join(ROOT, folder)));
    const gather = gatherer(async (files) => {
      if (files.some((file) => DECLARES.test(file))) {
        await step(`Deployed again for ${files.join(', ')}`, () => redeploy(target, home));
        functions.forget();
        await functions.push();
      } else
        await step(
          `Live: ${files.join(', ')}`,
          () => functions.push(files.map((file) => join(ROOT, file))),
          (pushed) => pushed.join(', ') || 'no function uses it',
        );
    });
    for (const event of ['add', 'change', 'unlink'] as const) pages.watcher.on(event, gather);
    console.log(`\n  Site   ${system.site}  (pages and functions follow your edits)\n  Inbox  ${system.inbox}\n`);
    await ended;
    if (!stopping) throw new Refusal('The AWS emulator ended by itself: see emulator.log beside system.json, then start again.');
    await new Promise(() => undefined);
  } catch (error) {
    if (stopping) return await new Promise(() => undefined);
    await undo.run();
    throw error;
  }
});
if (process.exitCode) process.exit();
