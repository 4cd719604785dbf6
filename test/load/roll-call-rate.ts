/**
 * Roll calls a second that the running local system holds with eight clients, each on lessons of its own; afterwards every family told, nobody else, nobody
 * twice: `npm start -- --detach --grace 0`, then `node test/load/roll-call-rate.ts [--clients 8] [--each 6] [--check]` (`PREAU_SYSTEM` names another
 * system's folder).
 */
import { parseArgs } from 'node:util';
import { percentile, table } from './figures.ts';
import { beyond, mailsFrom, openLessons, retried, settled } from './roll-calls.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '8' },
    each: { type: 'string', default: '6' },
    check: { type: 'boolean', default: false },
  },
});
const clients = Number(values.clients);
const { system, lessons } = await openLessons();
const shares = Array.from({ length: clients }, (_, client) =>
  lessons.filter((_, lesson) => lesson % clients === client).flatMap((lesson) => lesson.slice(0, Number(values.each) + 1)),
).map((share) => share.slice(0, Number(values.each) + 1));
if (shares.some((share) => share.length === 0)) throw new Error(`fewer than ${clients} lessons have begun with pupils still to call`);

// Each client's first roll call starts the emulator's workers.
const mails = await mailsFrom(system);
const expected = shares.flatMap((share) => share.flatMap(({ addresses }) => addresses));
await Promise.all(shares.map(async ([first]) => first?.save()));

const durations: number[] = [];
let refused = 0;
const from = performance.now();
await Promise.all(
  shares.map(async ([, ...rest]) => {
    for (const { save } of rest) {
      const began = performance.now();
      await save().catch((error: unknown) => {
        refused += 1;
        console.error((error as Error).message);
      });
      durations.push(performance.now() - began);
    }
  }),
);
const elapsed = (performance.now() - from) / 1000;
const came = await settled(mails, expected.length, 60);

const got = came.map(({ to }) => to);
const missing = beyond(expected, got);
const unexpected = beyond(got, expected);
console.log(
  table([
    ['clients', 'roll calls', 'a second', 'median answer', 'sent again', 'refused', 'mails expected', 'mails', 'missing', 'too many'],
    [
      String(clients),
      String(durations.length),
      (durations.length / elapsed).toFixed(1),
      `${Math.round(percentile(durations, 0.5))} ms`,
      ...[retried(), refused, expected.length, got.length, missing.length, unexpected.length].map(String),
    ],
  ]),
);
const held = refused === 0 && missing.length === 0 && unexpected.length === 0;
console.log(`target: none lost, every mail once: ${held ? 'held' : 'MISSED'}`);
if (values.check && !held) process.exitCode = 1;
