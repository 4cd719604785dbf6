/**
 * From a roll call saved to its mail accepted, on the running local system with no grace, one roll call after the other:
 * `npm start -- --detach --grace 0`, then `node test/load/roll-call-latency.ts [--roll-calls 40] [--check]` (`PREAU_SYSTEM` names another system's folder).
 */
import { parseArgs } from 'node:util';
import { percentile, table } from './figures.ts';
import { mailsFrom, openLessons } from './roll-calls.ts';

const TARGET = 2_000;
const WARM_UP = 3;

const { values } = parseArgs({ options: { 'roll-calls': { type: 'string', default: '40' }, check: { type: 'boolean', default: false } } });
const { system, lessons } = await openLessons();
const turns = Math.max(...lessons.map((lesson) => lesson.length));
const inTurn = Array.from({ length: turns }, (_, turn) => lessons.flatMap((lesson) => lesson[turn] ?? [])).flat();
const ready = inTurn.slice(0, Number(values['roll-calls']) + WARM_UP);
const latencies: number[] = [];
let lost = 0;
for (const [turn, { save, addresses }] of ready.entries()) {
  const mails = await mailsFrom(system);
  const saved = await save();
  const came = await (async () => {
    const until = saved + 20_000;
    for (;;) {
      const mine = (await mails()).filter(({ to }) => addresses.includes(to));
      if (mine.length >= addresses.length || Date.now() > until) return mine;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  if (came.length < addresses.length) lost += 1;
  // The last of the family's mails counts; a mail may be accepted before the answer has come back.
  else if (turn >= WARM_UP) latencies.push(Math.max(0, Math.max(...came.map(({ at }) => at)) - saved));
}
if (latencies.length === 0) throw new Error('no roll call led to a mail: see emulator.log of the running system');
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
const [p50, p95] = [percentile(latencies, 0.5), percentile(latencies, 0.95)];
console.log(
  table([
    ['roll calls', 'p50', 'p95', 'slowest', 'without its mails'],
    [String(latencies.length), seconds(p50), seconds(p95), seconds(Math.max(...latencies)), String(lost)],
  ]),
);
const held = p95 <= TARGET && lost === 0;
console.log(`target: p95 of at most ${TARGET / 1000} s: ${held ? 'held' : 'MISSED'}`);
if (values.check && !held) process.exitCode = 1;
