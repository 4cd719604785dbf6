import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AskContext } from '../../infra/local/ask-context.ts';
import { makeDemo } from '../../infra/local/demo/index.ts';
import { uaiOf } from '../../infra/local/demo/school.ts';
import type { System } from '../../infra/local/system.ts';
import { openSchool, school } from '../../shared/directory/questions.ts';
import { inviteStaff, letterFor, operator } from './accounts.ts';
import { launchBrowser } from './browser.ts';
import { answerLink, eventually, Inbox, recipients } from './inbox.ts';
import { begunLessons, type Called, civilNow, everyone, isGoingOn } from './lessons.ts';
import { readLettersPdf } from './letters-pdf.ts';
import { activate, keepScreen, PHONE, pupilRow, someone } from './pages.ts';
import { SchoolFiles } from './school-files.ts';
import { readSystem } from './system.ts';

/** Of this seed the sixth form is whole, not in halves, on Tuesdays at 10:05: the demo's morning. */
const SEED = 2;
const PUPILS = 120;
/** A teacher's gestures from their home to a roll call sent, for two absents and one late. */
const MOST_GESTURES = 6;

let browser: Browser;
let system: System;
let ask: AskContext;
let uai: string;
let exports: Readonly<Record<string, Uint8Array>>;
let files: SchoolFiles;
/** Two at once, of whom one has a father and a step-father, and who is in the same class. */
let absent: readonly [string, string];
let late: string;
let schoolLife: Page;

/** A school of which nobody has heard: this journey may be made again on the same system. */
async function unheardOf(): Promise<string> {
  for (let number = 359_910; ; number++) {
    const candidate = uaiOf(`0${number}`);
    if (!(await ask(school, { uai: candidate }))) return candidate;
  }
}

beforeAll(async () => {
  system = readSystem();
  ask = operator(system);
  uai = await unheardOf();
  const { date } = civilNow(system);
  const schoolYear = Number(date.slice(0, 4)) - (date.slice(5) >= '08' ? 0 : 1);
  const [demo] = makeDemo({ seed: SEED, pupils: PUPILS, schoolYear });
  exports = Object.fromEntries(
    Object.entries(demo.files).map(([name, bytes]) => [
      name.replaceAll(demo.uai, uai),
      new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(demo.uai, uai), 'latin1')),
    ]),
  );
  files = new SchoolFiles(exports);
  absent = [demo.cast.separated?.[0] as string, demo.cast['step-parent']?.[0] as string];
  const { className } = files.pupil(absent[0]);
  late =
    files.pupils.find(({ id, className: own }) => own === className && !absent.includes(id) && files.addresses([id]).length === 2)?.id ??
    '';
  await ask(openSchool, {
    uai,
    name: 'Collège des Essais',
    academy: '14',
    schoolLifeEmail: `vie-scolaire.${uai.toLowerCase()}@preau.example`,
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
});

describe('a school, from its export files to a guardian’s inbox and back', () => {
  it('is imported by its staff, who sign in with a second step', async () => {
    const context = await someone(browser);
    schoolLife = await context.newPage();
    await activate(schoolLife, system, await inviteStaff(ask, uai, ['direction', 'school-life', 'office']));
    await schoolLife.waitForURL(`${system.site}/vie-scolaire`);
    await schoolLife.goto(`${system.site}/vie-scolaire/imports`);
    await schoolLife
      .locator('input[type=file]')
      .setInputFiles(Object.entries(exports).map(([name, bytes]) => ({ name, mimeType: 'text/xml', buffer: Buffer.from(bytes) })));
    await schoolLife.getByRole('button', { name: /^Vérifier 4 fichiers/ }).click();
    const apply = schoolLife.getByRole('button', { name: /^Appliquer / });
    await apply.waitFor({ timeout: 60_000 });
    for (const question of await schoolLife.getByRole('checkbox').all()) await question.check();
    await keepScreen(schoolLife, 'import-checked');
    await apply.click();
    await schoolLife.getByText('Import appliqué.').waitFor({ timeout: 60_000 });
    await keepScreen(schoolLife, 'import-applied');
    const [pupils, guardians] = await Promise.all([everyone(ask, uai, 'pupil'), everyone(ask, uai, 'guardian')]);
    expect(pupils.map(({ sources }) => sources.siecle).sort()).toEqual(files.pupils.map(({ id }) => id).sort());
    expect(guardians.map(({ sources }) => sources.siecle)).toEqual(expect.arrayContaining([...files.entitled(absent[0])]));
  });

  it('tells the guardians of two absents of a roll call and nobody else; what one of them answers is on the board at once', async () => {
    const [pupils, guardians] = await Promise.all([everyone(ask, uai, 'pupil'), everyone(ask, uai, 'guardian')]);
    const pupilId = (id: string) => pupils.find(({ sources }) => sources.siecle === id)?.personId as string;
    const guardianId = (id: string) => guardians.find(({ sources }) => sources.siecle === id)?.personId as string;
    const wanted = [...absent, late].map(pupilId);

    // The import goes on to the timetable by an event of its own.
    const lesson: Called = await eventually('a lesson of the three', async () =>
      (await begunLessons(ask, system, uai)).find((one) => isGoingOn(system, one) && wanted.every((id) => one.pupilIds.includes(id))),
    );

    // The two separated parents open their accounts from their letters, each in a browser of their own.
    const homes: Page[] = [];
    for (const id of files.entitled(absent[0])) {
      const page = await (await someone(browser, { viewport: PHONE, hasTouch: true, isMobile: true })).newPage();
      await activate(page, system, await letterFor(ask, uai, guardianId(id)));
      await page.waitForURL(`${system.site}/responsable`);
      await page.getByText(files.pupil(absent[0]).givenName).first().waitFor();
      homes.push(page);
    }

    // One of them announces an absence of tomorrow, and thinks better of it.
    const [home] = homes as [Page];
    await home.getByRole('link', { name: 'Annoncer une absence' }).tap();
    await home.getByLabel('Demain').check();
    await home.getByLabel('Toute la journée').check();
    await home.getByRole('button', { name: 'Annoncer cette absence' }).tap();
    await home.getByRole('button', { name: /^Retirer l’annonce : / }).tap();
    await keepScreen(home, 'withdraw-asked');
    await home.getByRole('dialog').getByRole('button', { name: 'Retirer l’annonce' }).tap();
    await home.getByText('Annonce retirée.').waitFor();
    await home.getByRole('button', { name: /^Retirer l’annonce : / }).waitFor({ state: 'detached' });
    await keepScreen(home, 'withdrawn');
    await home.goto(`${system.site}/responsable`);

    const [teacherId = ''] = lesson.teacherIds;
    const teacher = await (await someone(browser, { viewport: PHONE, hasTouch: true, isMobile: true })).newPage();
    await activate(teacher, system, await letterFor(ask, uai, teacherId));
    const inbox = await Inbox.from(system);
    let gestures = 0;
    const tap = async (what: ReturnType<Page['getByRole']>) => {
      gestures += 1;
      await what.tap();
    };
    await tap(teacher.getByRole('link', { name: 'Faire l’appel' }).first());
    for (const id of absent) await tap(pupilRow(teacher, files.pupil(id)));
    for (let taps = 0; taps < 2; taps++) await tap(pupilRow(teacher, files.pupil(late)));
    await keepScreen(teacher, 'roll-call');
    await tap(teacher.getByRole('button', { name: 'Valider l’appel' }));
    await teacher.getByText('Appel envoyé à').first().waitFor();
    expect(gestures).toBeLessThanOrEqual(MOST_GESTURES);

    // Who is to be told is read from the files; a step-father of level 3 is not, nor anyone of the late pupil.
    const told = files.addresses(absent);
    expect(files.others(absent[1])).not.toEqual([]);
    await inbox.expect(told.length, told);
    const mails = await inbox.settled();
    expect(recipients(mails)).toEqual(told);
    expect(mails.every(({ text }) => text.includes('n’a pas été'))).toBe(true);
    expect(mails.every(({ headers }) => headers['reply-to']?.includes(`vie-scolaire.${uai.toLowerCase()}@preau.example`))).toBe(true);

    for (const page of homes) {
      await page.reload();
      await page.getByRole('link', { name: 'Donner le motif' }).waitFor();
      await keepScreen(page, 'guardian-home');
      await page.context().close();
    }

    // No sign-in and no script: what the mail’s reader has at hand.
    const [mother = ''] = files.entitled(absent[0]);
    const mail = mails.find(({ to }) => to.includes(files.mail(mother) ?? ''));
    if (!mail) throw new Error('The mother has no mail');
    const reader = await (await someone(browser, { javaScriptEnabled: false, viewport: PHONE })).newPage();
    await reader.setContent(mail.html ?? '');
    await keepScreen(reader, 'absence-mail');
    await reader.goto(answerLink(mail));
    await keepScreen(reader, 'answer-asked');
    await reader.getByLabel('Problème de transport').check();
    await reader.getByRole('button', { name: 'Envoyer ma réponse' }).click();
    await reader.getByRole('heading', { name: 'Motif transmis' }).waitFor();
    await keepScreen(reader, 'answer-sent');

    await schoolLife.goto(`${system.site}/vie-scolaire`);
    // An answer makes it a known absence.
    await schoolLife
      .getByText(/^Motif connu/)
      .first()
      .click();
    const row = schoolLife.getByRole('option', { name: new RegExp(files.pupil(absent[0]).familyName, 'i') }).first();
    await row.click();
    await schoolLife
      .getByText(/: transport/i)
      .first()
      .waitFor();
    await keepScreen(schoolLife, 'school-life-board');
  });

  it('writes the letters of a class: a tagged page for each person with a square that opens their activation, and the list of codes', async () => {
    const { className } = files.pupil(absent[0]);
    await schoolLife.goto(`${system.site}/vie-scolaire`);
    await schoolLife.getByRole('link', { name: 'Comptes', exact: true }).click();
    await schoolLife.getByLabel('Classe').selectOption({ label: className });
    await schoolLife.getByRole('button', { name: 'Écrire les lettres' }).click();
    await keepScreen(schoolLife, 'letters-asked');
    await schoolLife.getByRole('dialog').getByRole('button', { name: 'Écrire les lettres' }).click();
    await schoolLife.getByText('Les lettres sont prêtes.').waitFor({ timeout: 60_000 });
    await keepScreen(schoolLife, 'letters-ready');
    const saved = async (button: string) => {
      const [download] = await Promise.all([schoolLife.waitForEvent('download'), schoolLife.getByRole('button', { name: button }).click()]);
      return readFileSync(await download.path());
    };
    const [, ...rows] = (await saved('Télécharger la liste (CSV)')).toString('utf8').trimEnd().split('\r\n');
    const codes = rows.map((row) => row.split(';')).map(([, , login = '', code = '']) => ({ login, code: code.toLowerCase() }));
    const pdf = readLettersPdf(await saved('Télécharger les lettres (PDF)'));

    // Everybody with a tie to a pupil of the class who may see somebody, but for the two who have opened their accounts.
    const guards = files.seeing(
      files.pupils.filter((one) => one.className === className).flatMap(({ id }) => [...files.entitled(id), ...files.others(id)]),
    );
    expect(codes).toHaveLength(guards.length - files.entitled(absent[0]).length);
    expect(pdf).toMatchObject({ pages: codes.length, tagged: true, language: 'fr-FR' });
    const links = codes.map(({ login, code }) => `${system.site}/activation#${login}/${code}`);
    expect(pdf.missing(links)).toEqual([]);
    expect(pdf.missing([`${links[0]}x`])).toHaveLength(1);

    const reader = await (await someone(browser, { viewport: PHONE })).newPage();
    await reader.goto(links[0] ?? '');
    expect(await reader.getByLabel('Identifiant').inputValue()).toBe(codes[0]?.login);
    await reader.context().close();
  });
});
