import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AskContext } from '../../infra/local/ask-context.ts';
import type { System } from '../../infra/local/system.ts';
import type { Mark } from '../../shared/attendance/episode.ts';
import { announceAbsence, noteMovement, saveRollCall } from '../../shared/attendance/routes.ts';
import type { Person } from '../../shared/directory/person.ts';
import { Account, inviteStaff, letterFor, operator } from './accounts.ts';
import { Inbox, recipients } from './inbox.ts';
import { begunLessons, type Called, civilNow, everyone, isUntouched } from './lessons.ts';
import { SchoolFiles } from './school-files.ts';
import { readSystem, startAgain, stopSystem } from './system.ts';

/** A pupil of two parents with an address each, and the lessons of today in which nobody has been called yet. */
interface Case {
  readonly pupil: Person;
  readonly lessons: readonly Called[];
  readonly addresses: readonly string[];
}

interface DemoSchool {
  readonly uai: string;
  readonly files: readonly string[];
}

let system: System;
let ask: AskContext;
let uai: string;
let files: SchoolFiles;
let schoolLife: Account;
let inbox: Inbox;
let pupils: Person[];
let lessons: Called[];
/** What all cases together should have put into the inbox: its whole content is compared with it. */
const expected: { to: string; says: string }[] = [];
const reserved = new Set<string>();

const NOT_SEEN = 'n’a pas été';
const MISTAKE = 'erreur de notre part';
const ARRIVED = /est arrivée? à/;

beforeAll(async () => {
  system = readSystem();
  ask = operator(system);
  const [school] = system.schools as readonly DemoSchool[];
  if (!school) throw new Error('The system has no demo');
  uai = school.uai;
  files = new SchoolFiles(Object.fromEntries(school.files.map((path) => [basename(path), new Uint8Array(readFileSync(path))])));
  [schoolLife, pupils, lessons] = await Promise.all([
    inviteStaff(ask, uai, ['school-life']).then((letter) => Account.open(system, letter)),
    everyone(ask, uai, 'pupil'),
    begunLessons(ask, system, uai),
  ]);
  inbox = await Inbox.from(system);
});

/** One at a time: what one case takes is no other's. */
let taking: Promise<unknown> = Promise.resolve();
const take = (count: number): Promise<Case> => {
  const taken = taking.then(() => find(count));
  taking = taken.catch(() => undefined);
  return taken;
};

/** A pupil with this many lessons so far today, none of them called or taken by another case. */
async function find(count: number): Promise<Case> {
  for (const pupil of pupils) {
    const siecle = pupil.sources.siecle ?? '';
    const entitled = files.entitled(siecle);
    const addresses = files.addresses([siecle]);
    if (entitled.length !== 2 || addresses.length !== 2 || files.addresses([siecle]).some((one) => one.endsWith('eleve.example'))) continue;
    const theirs = lessons.filter(({ pupilIds }) => pupilIds.includes(pupil.personId));
    const wanted = theirs.slice(-count);
    if (wanted.length < count || wanted.some(({ lessonId }) => reserved.has(lessonId))) continue;
    if (!(await Promise.all(wanted.map((lesson) => isUntouched(schoolLife, lesson)))).every(Boolean)) continue;
    for (const { lessonId } of wanted) reserved.add(lessonId);
    return { pupil, lessons: wanted, addresses };
  }
  throw new Error(`Nobody is left with ${count} lessons that were not called: start the system afresh`);
}

const call = (lesson: Called, marks: readonly Mark[], basedOn = 0) =>
  schoolLife.call(saveRollCall, {
    params: { uai, date: lesson.date, lessonId: lesson.lessonId },
    body: { state: 'done', basedOn, marks, added: [], removed: [] },
  });

const absent = ({ pupil }: Case): Mark[] => [{ pupilId: pupil.personId, state: 'absent' }];
const first = ({ lessons: [lesson] }: Case): Called => lesson as Called;

/** Notes what should have come, for the comparison at the end, and waits for it. */
async function comes(to: readonly string[], says: string | RegExp, already = 0, seconds?: number): Promise<void> {
  expected.push(...to.map((address) => ({ to: address, says: String(says) })));
  const mails = await inbox.expect(already + to.length, to, seconds);
  expect(recipients(mails.slice(already))).toEqual([...to].sort());
  for (const { text } of mails.slice(already)) expect(text).toMatch(says);
}

describe.concurrent('families are told what is so when it is due', () => {
  it('tells nobody of an absence that was put right before', async () => {
    const one = await take(1);
    // What a cold function takes is not the teacher's time of grace.
    await isUntouched(schoolLife, first(one));
    const saved = await call(first(one), absent(one));
    expect(saved.tellAt).toBeDefined();
    const corrected = await call(first(one), [], saved.revision);
    expect(corrected.savedAt < (saved.tellAt as string)).toBe(true);
    expect(corrected.tellAt).toBeUndefined();
  });

  it('says that it was our mistake to the same people once they were told', async () => {
    const one = await take(1);
    const { revision } = await call(first(one), absent(one));
    await comes(one.addresses, NOT_SEEN);
    await call(first(one), [], revision);
    await comes(one.addresses, MISTAKE, one.addresses.length);
  });

  it('says that the pupil has arrived when school life sees them', async () => {
    const one = await take(1);
    await call(first(one), absent(one));
    await comes(one.addresses, NOT_SEEN);
    await schoolLife.call(noteMovement, {
      params: { uai, date: first(one).date, pupilId: one.pupil.personId },
      body: { kind: 'arrived', minute: civilNow(system).minute },
    });
    await comes(one.addresses, ARRIVED, one.addresses.length);
  });

  it('tells of two absences when the pupil was seen in between', async () => {
    const one = await take(3);
    const [eight, nine, ten] = one.lessons as readonly [Called, Called, Called];
    await call(eight, absent(one));
    await comes(one.addresses, NOT_SEEN);
    await call(nine, []);
    await comes(one.addresses, ARRIVED, one.addresses.length);
    await call(ten, absent(one));
    await comes(one.addresses, NOT_SEEN, 2 * one.addresses.length);
  });

  it('tells once of a pupil whom nobody saw in any lesson', async () => {
    const one = await take(3);
    const [eight, nine, ten] = one.lessons as readonly [Called, Called, Called];
    await call(eight, absent(one));
    await comes(one.addresses, NOT_SEEN);
    await call(nine, absent(one));
    await call(ten, absent(one));
  });

  it('tells only the other guardian of what one of them announced', async () => {
    const one = await take(1);
    const [announcer = '', other = ''] = files.entitled(one.pupil.sources.siecle ?? '');
    const guardians = await everyone(ask, uai, 'guardian');
    const record = guardians.find(({ sources }) => sources.siecle === announcer);
    const account = await Account.open(system, await letterFor(ask, uai, record?.personId ?? ''));
    const { date } = first(one);
    await account.call(announceAbsence, {
      params: { uai, pupilId: one.pupil.personId },
      body: { from: date, until: date, reason: 'family' },
    });
    await call(first(one), absent(one));
    await comes([files.mail(other) as string], NOT_SEEN);
  });
});

describe('a system that stops', () => {
  it('writes what was due once the system runs again after a stop in between, and once only', async () => {
    const one = await take(1);
    await call(first(one), absent(one));
    await stopSystem(system);
    const stopped = Date.now();
    system = await startAgain(system);
    await comes(one.addresses, NOT_SEEN, 0, 90);
    // Not while it was still stopping.
    for (const { at } of await inbox.expect(one.addresses.length, one.addresses)) expect(Date.parse(at)).toBeGreaterThan(stopped);
    // With what the cases before have brought, this is all there is: nobody else was told, and nothing twice.
    expect(recipients(await inbox.settled())).toEqual(expected.map(({ to }) => to).sort());
  }, 240_000);
});
