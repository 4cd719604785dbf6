import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AskContext } from '../../infra/local/ask-context.ts';
import type { System } from '../../infra/local/system.ts';
import { lessonSheet } from '../../shared/attendance/routes.ts';
import type { Person } from '../../shared/directory/person.ts';
import { Account, inviteStaff, letterFor, operator, PASSWORD } from './accounts.ts';
import { launchBrowser } from './browser.ts';
import { Inbox, recipients } from './inbox.ts';
import { begunLessons, type Called, everyone, isGoingOn, isUntouched, newTeacher } from './lessons.ts';
import { activate, keepScreen, PHONE, pupilRow, someone, untilKept } from './pages.ts';
import { SchoolFiles } from './school-files.ts';
import { readSystem } from './system.ts';

interface DemoSchool {
  readonly uai: string;
  readonly files: readonly string[];
}

/** A teacher in front of a class, with three pupils to mark. */
interface Case {
  readonly lesson: Called;
  readonly teacherId: string;
  readonly absent: readonly [Person, Person];
  readonly late: Person;
  /** Who has to be told, by the files. */
  readonly told: readonly string[];
}

let browser: Browser;
let system: System;
let ask: AskContext;
let uai: string;
let files: SchoolFiles;
let schoolLife: Account;
let inbox: Inbox;
let pupils: ReadonlyMap<string, Person>;
const used = new Set<string>();

beforeAll(async () => {
  system = readSystem();
  ask = operator(system);
  const [school] = system.schools as readonly DemoSchool[];
  if (!school) throw new Error('The system has no demo');
  uai = school.uai;
  files = new SchoolFiles(Object.fromEntries(school.files.map((path) => [basename(path), new Uint8Array(readFileSync(path))])));
  const [account, everybody, opened] = await Promise.all([
    inviteStaff(ask, uai, ['school-life']).then((letter) => Account.open(system, letter)),
    everyone(ask, uai, 'pupil'),
    launchBrowser(),
  ]);
  schoolLife = account;
  pupils = new Map(everybody.map((pupil) => [pupil.personId, pupil]));
  browser = opened;
  inbox = await Inbox.from(system);
});

afterAll(async () => {
  await browser?.close();
});

const byName = new Intl.Collator('fr');

/** One at a time: what one takes is no other's. */
let taking: Promise<unknown> = Promise.resolve();
const take = (): Promise<Case> => {
  const taken = taking.then(find);
  taking = taken.catch(() => undefined);
  return taken;
};

async function find(): Promise<Case> {
  for (const lesson of await begunLessons(ask, system, uai)) {
    if (!isGoingOn(system, lesson) || used.has(lesson.lessonId) || lesson.pupilIds.length < 20) continue;
    const teacherId = await newTeacher(ask, lesson);
    if (teacherId === undefined || used.has(teacherId) || !(await isUntouched(schoolLife, lesson))) continue;
    const list = lesson.pupilIds.flatMap((id) => pupils.get(id) ?? []);
    // A name that stands alone on its list, whatever comes after it.
    const clear = list
      .filter(
        (one) =>
          list.filter(({ familyName, givenName }) => `${familyName} ${givenName}`.startsWith(`${one.familyName} ${one.givenName}`))
            .length === 1,
      )
      .filter(({ sources }) => files.addresses([sources.siecle ?? '']).length > 0)
      .sort((a, b) => byName.compare(a.familyName, b.familyName) || byName.compare(a.givenName, b.givenName));
    const [first, second, late] = clear;
    if (!first || !second || !late) continue;
    used.add(lesson.lessonId).add(teacherId);
    const told = [first, second].flatMap(({ sources }) => files.addresses([sources.siecle ?? ''])).sort();
    return { lesson, teacherId, absent: [first, second], late, told };
  }
  throw new Error('No lesson is left that goes on now and was not called: start the system afresh');
}

/** The teacher’s account opened, their home on the screen. */
async function atHome(page: Page, { teacherId }: Case): Promise<void> {
  await activate(page, system, await letterFor(ask, uai, teacherId));
  await page.getByRole('link', { name: 'Faire l’appel' }).first().waitFor();
}

const marksOf = async ({ lesson: { date, lessonId } }: Case) => {
  const sheet = await schoolLife.call(lessonSheet, { params: { uai, date, lessonId } });
  const marks = sheet.roster.flatMap(({ pupilId, mark }) => (mark ? [[pupilId, mark.state] as const] : []));
  return { state: sheet.state, revision: sheet.revision, marks: Object.fromEntries(marks) };
};

const wanted = ({ absent: [first, second], late }: Case) => ({
  [first.personId]: 'absent',
  [second.personId]: 'absent',
  [late.personId]: 'late',
});

/** What all of them should have put into the inbox. */
const expected: string[] = [];

async function tells({ told }: Case): Promise<void> {
  expected.push(...told);
  await inbox.expect(told.length, told);
}

describe.concurrent('a roll call', () => {
  it('is taken by keyboard alone', async () => {
    const one = await take();
    const context = await someone(browser);
    const page = await context.newPage();
    await atHome(page, one);
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    for (let tabs = 0; !(await focused()).startsWith('Faire l’appel'); tabs++) {
      expect(tabs).toBeLessThan(20);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await pupilRow(page, one.absent[0]).waitFor();
    const goTo = async ({ familyName }: Person) => {
      await page.keyboard.press('/');
      await page.keyboard.type(familyName);
      await page.keyboard.press('Enter');
    };
    const move = async (pupil: Person) => {
      await goTo(pupil);
      // Of two of one family name, the arrows find the other.
      for (let steps = 0; !(await focused()).includes(`${pupil.givenName}`); steps++) {
        expect(steps).toBeLessThan(6);
        await page.keyboard.press('ArrowDown');
      }
    };
    for (const pupil of one.absent) {
      await move(pupil);
      await page.keyboard.press('a');
    }
    await move(one.late);
    await page.keyboard.press('a');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('r');
    await keepScreen(page, 'roll-call-keyboard');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Appel envoyé à').first().waitFor();
    expect(await marksOf(one)).toMatchObject({ state: 'done', marks: wanted(one) });
    await tells(one);
    await context.close();
  });

  it('is taken by touch on a small telephone', async () => {
    const one = await take();
    const context = await someone(browser, { viewport: PHONE, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await atHome(page, one);
    await keepScreen(page, 'teacher-home-phone');
    await page.getByRole('link', { name: 'Faire l’appel' }).first().tap();
    for (const pupil of one.absent) await pupilRow(page, pupil).tap();
    await pupilRow(page, one.late).tap();
    await pupilRow(page, one.late).tap();
    await keepScreen(page, 'roll-call-phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    await page.getByRole('button', { name: 'Valider l’appel' }).tap();
    await page.getByText('Appel envoyé à').first().waitFor();
    expect(await marksOf(one)).toMatchObject({ state: 'done', marks: wanted(one) });
    await tells(one);
    await context.close();
  });

  it('is taken and waits on the device while there is no network, however often the page is opened again, and leaves by itself, once', async () => {
    const one = await take();
    const context = await someone(browser, { viewport: PHONE, hasTouch: true, isMobile: true, serviceWorkers: 'allow' });
    const page = await context.newPage();
    await atHome(page, one);
    await page.getByRole('link', { name: 'Faire l’appel' }).first().tap();
    await pupilRow(page, one.absent[0]).waitFor();
    await untilKept(page, 'professeur');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PUT') sent.push(request.headers()['idempotency-key'] ?? '');
    });
    await context.setOffline(true);
    await page.reload();
    for (const pupil of one.absent) await pupilRow(page, pupil).tap();
    await pupilRow(page, one.late).tap();
    await pupilRow(page, one.late).tap();
    await page.getByRole('button', { name: 'Valider l’appel' }).tap();
    await page.waitForURL(`${system.site}/professeur`);
    await page.reload();
    await page.getByText('il partira tout seul').first().waitFor();
    await page.getByText('À jour à').first().waitFor();
    await keepScreen(page, 'roll-call-offline');
    expect((await marksOf(one)).state).not.toBe('done');
    await context.setOffline(false);
    await page.getByText('il partira tout seul').first().waitFor({ state: 'detached' });
    const { state, marks, revision } = await marksOf(one);
    expect({ state, marks }).toEqual({ state: 'done', marks: wanted(one) });
    expect(revision).toBe(1);
    // However often it was tried, it was one roll call.
    expect(new Set(sent).size).toBe(1);
    await tells(one);
    await context.close();
  });

  it('kept on a computer that teachers share is sent by whoever took it, and by nobody else', async () => {
    const one = await take();
    const other = (await everyone(ask, uai, 'teacher')).find(
      ({ personId, activatedAt }) => activatedAt === undefined && !used.has(personId),
    );
    if (!other) throw new Error('Every teacher has an account: start the system afresh');
    used.add(other.personId);
    const context = await someone(browser);
    const page = await context.newPage();
    const letter = await letterFor(ask, uai, one.teacherId);
    await activate(page, system, letter);
    await page.getByRole('link', { name: 'Faire l’appel' }).first().click();
    for (const pupil of one.absent) await pupilRow(page, pupil).click();
    await pupilRow(page, one.late).click();
    await pupilRow(page, one.late).click();
    let reached = 0;
    await page.route('**/roll-call*', (route) => {
      reached += 1;
      return route.abort();
    });
    const signOut = async () => {
      await page.goto(`${system.site}/professeur/plus`);
      await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
    };
    const isOut = () => page.getByRole('button', { name: 'Se connecter' }).waitFor();
    await page.getByRole('button', { name: 'Valider l’appel' }).click();
    await page.getByText('il partira tout seul').first().waitFor();
    await signOut();
    await page.getByRole('heading', { name: 'Un appel n’est pas encore parti' }).waitFor();
    await keepScreen(page, 'sign-out-unsent');
    await page.getByRole('button', { name: 'Se déconnecter quand même' }).click();
    await isOut();

    const before = reached;
    await activate(page, system, await letterFor(ask, uai, other.personId));
    await page.getByRole('link', { name: 'Accueil' }).first().waitFor();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.waitForLoadState('networkidle');
    expect(await page.getByText('il partira tout seul').count()).toBe(0);
    expect(reached).toBe(before);
    await signOut();
    await isOut();

    await page.unroute('**/roll-call*');
    expect((await marksOf(one)).state).not.toBe('done');
    await page.getByLabel('Identifiant').fill(letter.login);
    await page.getByLabel('Mot de passe').fill(PASSWORD);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await vi.waitFor(async () => expect(await marksOf(one)).toMatchObject({ state: 'done', marks: wanted(one), revision: 1 }), 20_000);
    await tells(one);
    await context.close();
  });
});

describe('a guardian’s home', () => {
  it('opens without a network as it was, says of when, and leaves nothing behind after signing out', async () => {
    const guardian = (await everyone(ask, uai, 'guardian')).find(({ activatedAt }) => activatedAt === undefined);
    if (!guardian) throw new Error('Every guardian has an account: start the system afresh');
    const context = await someone(browser, { viewport: PHONE, serviceWorkers: 'allow' });
    const page = await context.newPage();
    await activate(page, system, await letterFor(ask, uai, guardian.personId));
    const child = page.locator('section.child').first();
    // Of the day; what one may do stands there before it.
    await child.getByRole('listitem').nth(1).waitFor();
    // Not what it says of each lesson: that goes on with the clock, and with the roll calls beside this one.
    const shown = async () => [await child.getByRole('heading').first().textContent(), await child.getByRole('listitem').count()];
    await untilKept(page, 'responsable');
    const before = await shown();
    await context.setOffline(true);
    await page.reload();
    await page.getByText('Hors ligne. À jour à').waitFor();
    await vi.waitFor(async () => expect(await shown()).toEqual(before));
    await keepScreen(page, 'guardian-home-offline');
    await context.setOffline(false);
    await page.getByText('Hors ligne.').waitFor({ state: 'detached' });

    await page.goto(`${system.site}/responsable/plus`);
    await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
    await page.getByRole('button', { name: 'Se connecter' }).waitFor();
    await context.setOffline(true);
    await page.goto(`${system.site}/responsable`);
    await page.getByText('Rien n’en est gardé sur cet appareil').waitFor();
    expect(await page.textContent('body')).not.toContain(guardian.familyName);
    await context.close();
  });
});

describe('all roll calls together', () => {
  it('have told the families of the absents, and nobody else of anything', async () => {
    expect(recipients(await inbox.settled())).toEqual(expected.toSorted());
  });
});
