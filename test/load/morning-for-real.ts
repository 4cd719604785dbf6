/**
 * The first five minutes of `morning.ts`'s morning, driven through the running local system: collèges imported from their own files, and each class's
 * roll call saved at its own moment of them; afterwards every family of an absent told, nobody else, nobody twice.
 * `npm start -- --detach --fresh --grace 0 --at 2026-09-15T08:00`, then `node test/load/morning-for-real.ts [--schools 10] [--pupils 600] [--minutes 5] [--check]`
 * (`PREAU_SYSTEM` names another system's folder). It fits once into a morning: start afresh for another.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeDemo } from '../../infra/local/demo/index.ts';
import { Random } from '../../infra/local/demo/random.ts';
import { importFiles } from '../../infra/local/import-files.ts';
import { guardiansToTell } from '../../shared/directory/questions.ts';
import { Account, inviteStaff, operator } from '../journeys/accounts.ts';
import { civilNow } from '../journeys/lessons.ts';
import { percentile, table } from './figures.ts';
import { morningCalls } from './morning-calls.ts';
import { beyond, mailsFrom, runningSystem, saved, settled } from './roll-calls.ts';

const { values } = parseArgs({
  options: {
    schools: { type: 'string', default: '10' },
    pupils: { type: 'string', default: '600' },
    minutes: { type: 'string', default: '5' },
    check: { type: 'boolean', default: false },
  },
});
const schools = Number(values.schools);
const length = Number(values.minutes) * 60_000;
const system = runningSystem();
const ask = operator(system);
const random = new Random(1);
const { date } = civilNow(system);

/** Imports a collège and answers with its UAI. */
const openCollege = async (number: number): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'school-'));
  try {
    const [college] = await writeDemo({
      out: folder,
      seed: number + 1,
      pupils: Number(values.pupils),
      schoolYear: 2026,
      college: 9000 + number,
    });
    if (!college) throw new Error('the demo has no school');
    const { uai, name, city } = college;
    const files = await Promise.all(college.files.map(async (path) => [basename(path), new Uint8Array(await readFile(path))] as const));
    const { state } = await importFiles({
      ask,
      uai,
      files: Object.fromEntries(files),
      open: {
        name,
        city,
        academy: '14',
        timeZone: 'Europe/Paris',
        schoolLifeEmail: 'vie-scolaire@preau.example',
        schoolLifePhone: '+33299000000',
      },
      apply: true,
      accepts: ['other-year', 'many-departures'],
    });
    if (state !== 'done' && state !== 'unchanged') throw new Error(`${uai} was not imported: ${state}`);
    return uai;
  } finally {
    await rm(folder, { recursive: true });
  }
};

interface Planned {
  readonly after: number;
  readonly act: () => Promise<unknown>;
  readonly addresses: readonly string[];
}

const planned: Planned[] = [];
let absents = 0;
for (let number = 0; number < schools; number += 1) {
  const uai = await openCollege(number);
  const staff = await Account.open(system, await inviteStaff(ask, uai, ['school-life']));
  const calls = (await morningCalls(ask, uai, date, random)).filter(({ after }) => after < length);
  const told = new Set<string>();
  for (const { lesson, absents: missing, after } of calls) {
    // Of two roll calls that miss the same pupil, the first tells the family.
    const news = missing.filter((pupilId) => !told.has(pupilId));
    for (const pupilId of news) told.add(pupilId);
    absents += news.length;
    const families = news.length > 0 ? await ask(guardiansToTell, { uai, pupilIds: news, on: date }) : [];
    const marks = missing.map((pupilId) => ({ pupilId, state: 'absent' as const }));
    planned.push({
      after,
      act: () => saved(staff, { uai, date, lessonId: lesson.lessonId }, { state: 'done', basedOn: 0, marks, added: [], removed: [] }),
      addresses: families.flatMap(({ guardians }) => [...new Set(guardians.flatMap(({ email }) => email?.toLowerCase() ?? []))]),
    });
  }
  console.error(`${uai} imported, ${number + 1} of ${schools}`);
}

const mails = await mailsFrom(system);
const answers: number[] = [];
const lags: number[] = [];
let refused = 0;
const began = Date.now();
const answeredAt = new Map<string, number>();
await Promise.all(
  planned.map(async ({ after, act, addresses }) => {
    await new Promise((resolve) => setTimeout(resolve, began + after - Date.now()));
    const from = Date.now();
    try {
      await act();
      const at = Date.now();
      answers.push(at - from);
      for (const address of addresses) answeredAt.set(address, at);
    } catch (error) {
      refused += 1;
      console.error((error as Error).message);
    }
  }),
);
const expected = planned.flatMap(({ addresses }) => addresses);
const came = await settled(mails, expected.length, 300);
for (const { to, at } of came) {
  const answered = answeredAt.get(to);
  if (answered !== undefined) lags.push(at - answered);
}
const got = came.map(({ to }) => to);
const missing = beyond(expected, got);
const unexpected = beyond(got, expected);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
console.log(
  table([
    [
      'collèges',
      'roll calls',
      'absent',
      'answer p50',
      'answer p99',
      'refused',
      'mails expected',
      'mails',
      'missing',
      'too many',
      'lag p50',
      'lag p99',
    ],
    [
      ...[schools, planned.length, absents].map(String),
      seconds(percentile(answers, 0.5)),
      seconds(percentile(answers, 0.99)),
      ...[refused, expected.length, got.length, missing.length, unexpected.length].map(String),
      seconds(percentile(lags, 0.5)),
      seconds(percentile(lags, 0.99)),
    ],
  ]),
);
const held = refused === 0 && missing.length === 0 && unexpected.length === 0;
console.log(`target: every mail once: ${held ? 'held' : 'MISSED'}`);
if (values.check && !held) process.exitCode = 1;
