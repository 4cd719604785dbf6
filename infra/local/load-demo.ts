import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Person } from '../../shared/directory/person.ts';
import { guardiansToTell, invite, people, peopleAt, rosters } from '../../shared/directory/questions.ts';
import { addDays, type Door, local, weekday } from '../../shared/kernel/index.ts';
import { issueCode } from '../../shared/session/questions.ts';
import { day } from '../../shared/timetable/questions.ts';
import type { StartOptions } from './arguments.ts';
import { type AskContext, askContext } from './ask-context.ts';
import { writeDemo } from './demo/index.ts';
import { importFiles } from './import-files.ts';
import { DEMO, mark, setMark } from './marks.ts';
import { step } from './progress.ts';
import type { DemoLogin, Folders, System } from './system.ts';

/** A demo account's password: everybody's, and worth nothing anywhere else. */
const PASSWORD = 'demonstration locale';
const ZONE = 'Europe/Paris';
const SEED = 1;
/** The académie of the demo's schools, which decides their holidays. */
const RENNES = '14';

type DemoSchools = Awaited<ReturnType<typeof writeDemo>>;
type Logins = Record<string, DemoLogin[]>;

export interface Demo {
  readonly logins: Readonly<Logins>;
  /** What was imported, and who in it is there for what (`cast`). */
  readonly schools: DemoSchools;
}

const schoolYear = (today: string): number => Number(today.slice(0, 4)) - (today.slice(5, 7) >= '08' ? 0 : 1);

async function importSchool(ask: AskContext, { uai, name, city, files }: DemoSchools[number]): Promise<string> {
  const contents = await Promise.all(files.map(async (path) => [basename(path), new Uint8Array(await readFile(path))] as const));
  const job = await importFiles({
    ask,
    uai,
    files: Object.fromEntries(contents),
    open: {
      name,
      city,
      academy: RENNES,
      timeZone: ZONE,
      schoolLifeEmail: `vie-scolaire.${uai.toLowerCase()}@preau.example`,
      schoolLifePhone: '+33299000000',
    },
    apply: true,
    accepts: ['other-year', 'many-departures'],
  });
  if (job.state !== 'done' && job.state !== 'unchanged')
    throw new Error(`The demo of ${uai} was not imported: ${job.state} ${JSON.stringify(job.refusal ?? {})}`);
  return `${job.counts.arrivals} people`;
}

/** The lessons of the day that are under way at a minute, or else the day's, or the next school day's. */
async function lessonsNow(ask: AskContext, uai: string, now: Date) {
  const { date, minute } = local(now, ZONE);
  for (let ahead = 0; ahead < 14; ahead++) {
    const on = addDays(date, ahead);
    if (weekday(on) > 5) continue;
    const { lessons } = await ask(day, { uai, date: on });
    const going = lessons.filter(({ startMinute, endMinute }) => ahead === 0 && startMinute <= minute && minute < endMinute);
    if (lessons.length > 0) return { date: on, lessons: going.length > 0 ? going : lessons };
  }
  return { date, lessons: [] };
}

/** A teacher who has a class now, a pupil of that class, and a guardian who would be told: whom a visitor wants to be. */
async function peopleToBe(ask: AskContext, uai: string, now: Date): Promise<Person[]> {
  const { date, lessons } = await lessonsNow(ask, uai, now);
  for (const { teacherIds, groupIds } of lessons) {
    const [teacher] = await ask(people, { uai, personIds: teacherIds });
    const [group] = await ask(rosters, { uai, groupIds: groupIds.slice(0, 1), on: date });
    if (!teacher || !group) continue;
    const told = await ask(guardiansToTell, { uai, pupilIds: group.pupils.map(({ pupilId }) => pupilId).slice(0, 60), on: date });
    const family = told.find(({ guardians }) => guardians.some(({ email }) => email !== undefined));
    const guardian = family?.guardians.find(({ email }) => email !== undefined);
    if (family && guardian) return [teacher, ...(await ask(people, { uai, personIds: [guardian.personId, family.pupil.pupilId] }))];
  }
  const doors: readonly Door[] = ['teacher', 'guardian', 'pupil'];
  return (await Promise.all(doors.map((door) => ask(peopleAt, { uai, door, limit: 1 })))).flatMap((page) => page.people);
}

const STAFF = [
  { familyName: 'BERNARD', givenName: 'Claire', duties: ['school-life'], what: 'school life' },
  { familyName: 'GUÉGAN', givenName: 'Yann', duties: ['direction'], what: 'principal' },
  { familyName: 'ROUX', givenName: 'Nadia', duties: ['office'], what: 'office' },
] as const;

/** Opens an account as its owner would from a letter: login, one-time code, and a password of their choice. */
async function activate(site: string, login: string, code: string): Promise<void> {
  const answer = await fetch(`${site}/api/public/session/activation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, code, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`The demo account ${login} could not be opened: ${answer.status} ${await answer.text()}`);
}

async function openAccounts(ask: AskContext, site: string, uai: string, schools: DemoSchools, now: Date): Promise<Logins> {
  const staff = await Promise.all(
    STAFF.map(async ({ what, familyName, givenName, duties }) => ({
      what,
      person: await ask(invite, { uai, door: 'staff', familyName, givenName, duties: [...duties], email: `${duties[0]}@preau.example` }),
    })),
  );
  const authority = await ask(invite, {
    uai,
    door: 'authority',
    familyName: 'LE GALL',
    givenName: 'Anne',
    duties: [],
    oversees: schools.map((school) => school.uai),
    email: 'collectivite@preau.example',
  });
  const visitors = await peopleToBe(ask, uai, now);
  const whats: Readonly<Partial<Record<Door, string>>> = {
    teacher: 'has a class now',
    guardian: 'of a pupil of that class',
    pupil: 'of that class',
  };
  const all = [
    ...visitors.map((person) => ({ what: whats[person.door] ?? '', person })),
    ...staff,
    { what: 'oversees both schools', person: authority },
  ];
  const codes = new Map(
    (await ask(issueCode, { uai, personIds: all.map(({ person }) => person.personId) })).map((code) => [code.personId, code]),
  );
  const logins: Logins = {};
  for (const { what, person } of all) {
    const code = codes.get(person.personId);
    if (!code) continue;
    await activate(site, code.login, code.code);
    const opened = {
      door: person.door,
      name: `${person.givenName} ${person.familyName}`,
      what,
      login: code.login,
      password: PASSWORD,
      personId: person.personId,
      uai,
    };
    logins[person.door] = [...(logins[person.door] ?? []), opened];
  }
  return logins;
}

/** The demo, once: written in the formats of real exports, imported as a school imports, and an account opened at each door. */
export async function loadDemo(
  { stage, site, civilOffsetMs }: System,
  home: Folders,
  { seed = SEED, pupils }: StartOptions,
): Promise<Demo> {
  const file = join(home.demo, 'demo.json');
  const known = `${seed} ${pupils ?? ''}`.trim();
  if (existsSync(file) && (await mark(DEMO)) === known) return JSON.parse(readFileSync(file, 'utf8')) as Demo;
  const ask = askContext(stage);
  const now = new Date(Date.now() + civilOffsetMs);
  const schools = await step('Demo written', () =>
    writeDemo({ seed, out: home.demo, schoolYear: schoolYear(local(now, ZONE).date), ...(pupils === undefined ? {} : { pupils }) }),
  );
  for (const school of schools)
    await step(
      `${school.name} imported`,
      () => importSchool(ask, school),
      (note) => note,
    );
  const [college] = schools;
  if (!college) throw new Error('The demo has no school');
  const logins = await step('Demo accounts opened', () => openAccounts(ask, site, college.uai, schools, now));
  const demo: Demo = { logins, schools };
  writeFileSync(file, JSON.stringify(demo, null, 2));
  await setMark(DEMO, known);
  return demo;
}
