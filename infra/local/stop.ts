import { parseArgs } from 'node:util';
import { parsed } from './arguments.ts';
import { command, Refusal, step } from './progress.ts';
import { folders, gone, running } from './system.ts';

await command(async () => {
  const { values } = parsed(() => parseArgs({ args: process.argv.slice(2), options: { system: { type: 'string', default: '.preau' } } }));
  const pid = running(folders(values.system).pid);
  if (!pid) {
    console.log('Préau is not running.');
    return;
  }
  await step('Stopped, state kept', async () => {
    process.kill(pid, 'SIGTERM');
    if (!(await gone(pid, 40_000))) throw new Refusal(`Process ${pid} does not end: kill -9 ${pid} ends it, without saving what it did.`);
  });
});
