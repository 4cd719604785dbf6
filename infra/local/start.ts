import { startOptions } from './arguments.ts';
import { detach } from './detach.ts';
import { command, Refusal, table } from './progress.ts';
import { startSystem, Undo } from './start-system.ts';
import type { System } from './system.ts';

const args = process.argv.slice(2);

function describe({ site, inbox, emulator, logins }: System): string {
  const people = Object.entries(logins).flatMap(([door, people]) =>
    people.map(({ name, what, login, password }) => [door, login, password, `${name}, ${what}`]),
  );
  return [
    '',
    table([
      ['Site', site],
      ['Inbox', `${inbox}  (every mail sent)`],
      ['AWS emulator', emulator],
    ]),
    ...(people.length > 0
      ? [
          '',
          table([['Door', 'Login', 'Password', 'Who'], ...people]),
          '  Staff and authority scan a QR code with an authenticator at their first sign-in.',
        ]
      : []),
    '',
  ].join('\n');
}

/** Runs until a signal, the end of the emulator, or the end of whoever started it. */
async function foreground(): Promise<void> {
  const undo = new Undo();
  const detached = process.env.PREAU_DETACHED === '1';
  let stopping = false;
  const stop = (why: string) => {
    if (stopping) return;
    stopping = true;
    console.log(`\n${why}: saving the state and stopping …`);
    void undo.run().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop('Asked to stop'));
  const orphaned = () => stop('Left alone');
  process.on('disconnect', orphaned);
  process.channel?.unref();
  try {
    const { system, ended } = await startSystem(
      startOptions(args),
      args.filter((argument) => argument !== '--detach'),
      undo,
    );
    console.log(describe(system));
    if (detached) {
      process.off('disconnect', orphaned);
      process.send?.('ready');
    } else console.log('Ctrl-C stops it; the state is kept.');
    await ended;
    if (!stopping) throw new Refusal('The AWS emulator ended by itself: see emulator.log beside system.json, then start again.');
    await new Promise(() => undefined);
  } catch (error) {
    // Stopping makes steps fail that were under way: that is no news.
    if (stopping) return await new Promise(() => undefined);
    await undo.run();
    throw error;
  }
}

await command(async () => {
  const options = startOptions(args);
  if (options.detach && process.env.PREAU_DETACHED !== '1') await detach(args, options.system);
  else await foreground();
});
if (process.exitCode) process.exit();
