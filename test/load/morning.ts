/**
 * A simulated first hour: roll calls of every class of many collèges between 8:00 and 8:15, 5.5 % of the pupils absent, through the very use cases and
 * tables in memory, on a clock that jumps from one thing to the next: `node test/load/morning.ts [--schools 1,10,100] [--pupils 600] [--rates 14,54] [--check]`.
 * How long the mails take is what the sending rate makes of them; what they cost is counted at each size, over one table that holds all the schools.
 * Assumed, not measured: HOP_MS from a saved roll call to its queue, SEND_MS for SES to take a mail, list prices of eu-west-3.
 */
import { parseArgs } from 'node:util';
import type { AskContext } from '../../infra/local/ask-context.ts';
import { Random } from '../../infra/local/demo/random.ts';
import { addDays, at, type LocalDate } from '../../shared/kernel/index.ts';
import { day } from '../../shared/timetable/questions.ts';
import type { Consumed } from '../doubles/index.ts';
import { percentile, table } from './figures.ts';
import { importSchool, type MemorySystem, memorySystem } from './memory-system.ts';
import { morningCalls } from './morning-calls.ts';

const ZONE = 'Europe/Paris';
/** A Tuesday; each morning after it is the next one that has lessons. */
const FIRST: LocalDate = '2026-09-15';
const EIGHT = 8 * 60;
const HOP_MS = 700;
const SEND_MS = 80;
/** Dollars of a million units, on demand. */
const PRICE = { read: 0.148, write: 0.742 };
/** What one partition takes in a second. */
const PARTITION = { read: 3000, write: 1000 };
/** Cost of an absence may vary by as much from the least to the most schools. */
const FLAT = 1.1;

interface Morning {
  readonly schools: number;
  readonly rollCalls: number;
  readonly absents: number;
  readonly mails: number;
  /** Milliseconds from when each was due to when SES took it. */
  readonly lags: readonly number[];
  /** From 8:00 to the last mail, in milliseconds. */
  readonly lastMs: number;
  /** Mails due and not yet taken at each whole minute from 8:00. */
  readonly waiting: readonly number[];
  readonly read: number;
  readonly written: number;
  /** The busiest second of any partition, as a share of what one takes. */
  readonly hottest: number;
}

/** Things to come, soonest first. */
class Agenda {
  readonly #things: { readonly at: number; readonly act: () => Promise<void> }[] = [];

  plan(at: number, act: () => Promise<void>): void {
    let from = 0;
    for (let to = this.#things.length; from < to; ) {
      const middle = (from + to) >> 1;
      // The soonest stands last, and of two at once the one planned first.
      if ((this.#things[middle] as { at: number }).at > at) from = middle + 1;
      else to = middle;
    }
    this.#things.splice(from, 0, { at, act });
  }

  async run(): Promise<void> {
    for (let next = this.#things.pop(); next; next = this.#things.pop()) await next.act();
  }
}

/** The busiest second of each partition. */
const meter = () => {
  const seconds = new Map<string, { read: number; write: number }>();
  let [read, written] = [0, 0];
  return {
    add(now: number, spent: readonly Consumed[]) {
      for (const { partition, readUnits, writeUnits } of spent) {
        const name = `${partition} ${Math.floor(now / 1000)}`;
        const second = seconds.get(name) ?? { read: 0, write: 0 };
        second.read += readUnits;
        second.write += writeUnits;
        seconds.set(name, second);
        read += readUnits;
        written += writeUnits;
      }
    },
    total: () => ({ read, written }),
    hottest: () => Math.max(...[...seconds.values()].map((one) => Math.max(one.read / PARTITION.read, one.write / PARTITION.write))),
  };
};

const runMorning = async (
  system: MemorySystem,
  uais: readonly string[],
  date: LocalDate,
  rate: number,
  random: Random,
): Promise<Morning> => {
  const eight = at(date, EIGHT, ZONE).getTime();
  const { clock, urgent } = system;
  const setClock = (now: number) => clock.set(new Date(now).toISOString());
  const agenda = new Agenda();
  const units = meter();
  const lags: number[] = [];
  const due: number[] = [];
  const taken: number[] = [];
  let [rollCalls, absents, nextTurn] = [0, 0, 0];

  /** Takes what was put in the queue, each message back when its delay is over and the sending rate has room. */
  const queued = (now: number) => {
    const messages = urgent.sent();
    urgent.take();
    for (const { message, delay } of messages) {
      const visible = now + Math.ceil(delay) * 1000;
      agenda.plan(visible, async () => {
        const turn = Math.max(visible, nextTurn);
        nextTurn = turn + 1000 / (rate * SHARE);
        agenda.plan(turn, () => send(message, turn, visible));
      });
    }
  };
  const send = async (message: unknown, now: number, visible: number) => {
    setClock(now);
    const before = system.mail.count();
    await system.sendMail(message);
    units.add(now, system.spent());
    queued(now);
    if (system.mail.count() === before) return;
    due.push(visible);
    taken.push(now + SEND_MS);
    lags.push(now + SEND_MS - visible);
  };

  setClock(eight - 30 * 60_000);
  for (const uai of uais) {
    for (const { lesson, absents: missing, after } of await morningCalls(system.ask as AskContext, uai, date, random)) {
      const marks = missing.map((pupilId) => ({ pupilId, state: 'absent' }));
      const saved = eight + after;
      rollCalls += 1;
      absents += marks.length;
      agenda.plan(saved, async () => {
        setClock(saved);
        const path = `/attendance/schools/${uai}/days/${date}/lessons/${lesson.lessonId}/roll-call`;
        const body = { state: 'done', basedOn: 0, marks, added: [], removed: [] };
        const { statusCode, body: said } = await system.request(
          { door: 'teacher', personId: lesson.teacherIds[0] as string },
          'PUT',
          path,
          { body },
        );
        if (statusCode !== 200) throw new Error(`a roll call: ${statusCode} ${said}`);
        setClock(saved + HOP_MS);
        await system.settle();
        units.add(saved, system.spent());
        queued(saved + HOP_MS);
      });
    }
  }
  system.spent();
  await agenda.run();
  await system.settle();
  units.add(eight, system.spent());
  const last = Math.max(...taken) - eight;
  return {
    schools: uais.length,
    rollCalls,
    absents,
    mails: lags.length,
    lags,
    lastMs: last,
    waiting: Array.from({ length: Math.ceil(last / 60_000) + 1 }, (_, minute) => {
      const now = eight + minute * 60_000;
      return due.filter((time) => time <= now).length - taken.filter((time) => time <= now).length;
    }),
    read: units.total().read,
    written: units.total().written,
    hottest: units.hottest(),
  };
};

const clockTime = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return `8:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};
const lagOf = (ms: number): string => (ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`);
const dollars = ({ read, written, absents }: Morning): number => (read * PRICE.read + written * PRICE.write) / 1e6 / absents;

const BAR = 60;
const chart = ({ waiting }: Morning): string => {
  const most = Math.max(...waiting, 1);
  return waiting
    .map((count, minute) => `8:${String(minute).padStart(2, '0')}  ${'█'.repeat(Math.round((count / most) * BAR))} ${count}`)
    .join('\n');
};

const { values } = parseArgs({
  options: {
    schools: { type: 'string', default: '1,10,100' },
    pupils: { type: 'string', default: '600' },
    rates: { type: 'string', default: '14,54' },
    check: { type: 'boolean', default: false },
  },
});
const numbers = (list: string) => list.split(',').map(Number);
const random = new Random(1);
const system = await memorySystem(`${FIRST}T07:00`);
// Its module frames a function: only after the system has said where it runs.
const { SHARE } = await import('../../functions/notifications/send-mail.ts');
const uais: string[] = [];
const rows: string[][] = [
  [
    'collèges',
    'SES/s',
    'roll calls',
    'absent',
    'mails',
    'lag p50',
    'lag p99',
    'last mail',
    'RRU/absent',
    'WRU/absent',
    '$/1,000 absents',
    'hottest',
  ],
];
const mornings: Morning[] = [];
let date = FIRST;
for (const size of numbers(values.schools)) {
  system.clock.set(`${FIRST}T07:00`);
  while (uais.length < size)
    uais.push(await importSchool(system, Number(values.pupils), { seed: uais.length + 1, college: 9000 + uais.length }));
  for (const rate of numbers(values.rates)) {
    const morning = await runMorning(system, uais, date, rate, random);
    mornings.push(morning);
    rows.push([
      String(size),
      String(rate),
      ...[morning.rollCalls, morning.absents, morning.mails].map((n) => n.toLocaleString('en')),
      lagOf(percentile(morning.lags, 0.5)),
      lagOf(percentile(morning.lags, 0.99)),
      clockTime(morning.lastMs),
      (morning.read / morning.absents).toFixed(1),
      (morning.written / morning.absents).toFixed(1),
      (dollars(morning) * 1000).toFixed(3),
      `${(morning.hottest * 100).toFixed(1)} %`,
    ]);
    console.error(`${size} collèges at ${rate}/s: done`);
    do date = addDays(date, 7);
    while (!(await system.ask(day, { uai: uais[0] as string, date })).schoolDay);
  }
}
console.log(table(rows));
for (const [at, rate] of numbers(values.rates).entries()) {
  const largest = mornings[mornings.length - numbers(values.rates).length + at] as Morning;
  console.log(`\nmails due and not yet taken, ${largest.schools} collèges at ${rate}/s`);
  console.log(chart(largest));
}
const costs = mornings.map(dollars);
const held = Math.max(...costs) / Math.min(...costs) <= FLAT;
console.log(`\ntarget: an absence costs the same at every size, within ${Math.round((FLAT - 1) * 100)} %: ${held ? 'held' : 'MISSED'}`);
if (values.check && !held) process.exitCode = 1;
