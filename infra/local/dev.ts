import { watch } from 'node:fs';
import { join } from 'node:path';
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

/** Calls back with the files that changed, once they have been quiet for a moment, never twice at a time. */
function onChange(folder: string[], act: (files: readonly string[]) => Promise<void>): () => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let busy = Promise.resolve();
  const flush = () => {
    const files = [...changed];
    changed.clear();
    busy = busy.then(() => act(files)).catch((error: unknown) => console.error(error instanceof Refusal ? `✖ ${error.message}` : error));
  };
  const watchers = folder.map((name) =>
    watch(join(ROOT, name), { recursive: true }, (_, file) => {
      if (!file || !SOURCE.test(file) || file.startsWith('local/') || file.startsWith('reference/')) return;
      changed.add(`${name}/${file}`);
      clearTimeout(timer);
      timer = setTimeout(flush, 60);
    }),
  );
  return () => {
    for (const watcher of watchers) watcher.close();
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
      server: { port, strictPort: true, host: '127.0.0.1' },
    });
    await pages.listen();
    undo.add(() => pages.close());
    const push = functionPusher(join(home.home, 'bundles'));
    await step('Functions watched', push);
    undo.add(
      onChange(['functions', 'shared', 'infra'], async (files) => {
        if (files.some((file) => DECLARES.test(file))) {
          await step(`Deployed again for ${files.join(', ')}`, () => redeploy(target, home));
          await push();
        } else await step(`Live: ${files.join(', ')}`, push, (pushed) => pushed.join(', ') || 'no function uses it');
      }),
    );
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
