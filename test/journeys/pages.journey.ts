import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { System } from '../../infra/local/system.ts';
import { lessonSheet, saveRollCall } from '../../shared/attendance/routes.ts';
import { listDeliveries, sendNow } from '../../shared/notifications/routes.ts';
import type { SignInStep } from '../../shared/session/credential.ts';
import { launchBrowser } from './browser.ts';
import { call, castOf, Doorkeeper, dayAt } from './cast.ts';
import { answerLink, eventually } from './inbox.ts';
import { DESK, keepScreen, someone } from './pages.ts';
import { type SitePage, sitePages } from './site-pages.ts';
import { readMails, readSystem } from './system.ts';

const THEMES = ['light', 'dark'] as const;
/** WCAG 2.2, levels A and AA: what the law asks of a public site. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let system: System;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let pages: readonly SitePage[];
/** What the console said that it should not, page by page. */
let complaints: string[] = [];

/** Speaks to the API from within the page, whose browser keeps the cookies. */
async function fromPage(url: string, body: unknown): Promise<SignInStep> {
  const answer = await page.evaluate(
    async ([to, sent]) => {
      const response = await fetch(to as string, { method: 'POST', headers: { 'content-type': 'application/json' }, body: sent as string });
      return { ok: response.ok, text: await response.text() };
    },
    [url, JSON.stringify(body)],
  );
  if (!answer.ok) throw new Error(`${url}: ${answer.text}`);
  return JSON.parse(answer.text) as SignInStep;
}

const mailWithLink = async () => (await readMails(system)).find(({ text }) => text.includes('/api/public/attendance/answers/'));

/** Three absent from a lesson that nobody has called yet; their families are told at once. */
async function mailAbout({ cast: { direction }, lessons }: Awaited<ReturnType<typeof castOf>>) {
  for (const { uai, date, lessonId, pupilIds } of lessons) {
    const { revision } = await call(system, direction, lessonSheet, { uai, date, lessonId });
    if (revision > 0) continue;
    const marks = pupilIds.slice(0, 3).map((pupilId) => ({ pupilId, state: 'absent' }));
    await call(
      system,
      direction,
      saveRollCall,
      { uai, date, lessonId },
      { body: { state: 'done', basedOn: 0, marks, added: [], removed: [] } },
    );
    return eventually('a mail with a link', async () => {
      const { deliveries } = await call(system, direction, listDeliveries, { uai, date });
      for (const { state, deliveryId } of deliveries)
        if (state === 'pending') await call(system, direction, sendNow, { uai, date, deliveryId }).catch(() => undefined);
      return mailWithLink();
    });
  }
  throw new Error('No lesson is left that nobody called: start the system afresh');
}

beforeAll(async () => {
  system = readSystem();
  const [, small] = system.schools as readonly { uai: string }[];
  if (!small) throw new Error('The system has no demo');
  const [company, opened] = await Promise.all([castOf(system, small.uai), launchBrowser()]);
  browser = opened;
  const values = await dayAt(system, company);
  context = await someone(browser, { reducedMotion: 'reduce' });
  page = await context.newPage();
  await page.goto(system.site);
  const keeper = new Doorkeeper(system, fromPage);
  const { pupil, guardian, teacher, direction } = company.cast;
  for (const person of [pupil, guardian, teacher]) await keeper.open(person, direction);
  await keeper.hire(small.uai, 'staff', ['school-life', 'direction', 'office']);
  await keeper.hire(small.uai, 'authority');
  const mail = (await mailWithLink()) ?? (await mailAbout(company));
  pages = [
    ...sitePages(values),
    { name: 'answer-from-mail', path: new URL(answerLink(mail)).pathname },
    { name: 'no-such-page', path: '/nulle-part' },
  ];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
}, 240_000);

afterAll(async () => {
  await browser?.close();
});

/** Its heading is there, nothing is loading, letters have their shapes. */
async function visit({ path }: SitePage): Promise<void> {
  await page.goto(`${system.site}${path}`);
  await page.waitForFunction(() => document.querySelector('h1') !== null && document.querySelector('.loading') === null);
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
}

/** What sticks out to the right, if the page scrolls that way. */
const stickingOut = (): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(-3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`)];
  });

/** Each page is visited once, looked at in both themes and at each width; every test reads what was seen. */
const seen = new Map<string, { violations: string[]; overflow: string[]; console: string[] }>();

async function look(one: SitePage): Promise<void> {
  complaints = [];
  const violations: string[] = [];
  const overflow: string[] = [];
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await visit(one);
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
    violations.push(
      ...found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary = '' }) => `${colorScheme} ${id}: ${target} ${failureSummary.replace(/\s+/g, ' ')}`),
      ),
    );
    await keepScreen(page, `${one.name}-${colorScheme}`);
  }
  const fits = async (how: string) => overflow.push(...(await stickingOut()).map((what) => `${how}: ${what}`));
  await page.setViewportSize({ width: 320, height: 640 });
  await fits('at 320 px');
  await keepScreen(page, `${one.name}-320`);
  // A window of 1280 px zoomed to 200 % has 640 of them left.
  await page.setViewportSize({ width: 640, height: 400 });
  await fits('at 200 % zoom');
  await page.setViewportSize(DESK);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await fits('with text at 200 %');
  seen.set(one.name, { violations, overflow, console: complaints });
}

describe('every page of the site', () => {
  it('can be visited', async () => {
    const failed: string[] = [];
    for (const one of pages) await look(one).catch((error: Error) => failed.push(`${one.path}: ${error.message.split('\n')[0]}`));
    expect(failed).toEqual([]);
    expect(seen.size).toBe(pages.length);
    expect(seen.size).toBeGreaterThan(20);
  }, 300_000);

  const all = (what: 'violations' | 'overflow' | 'console') =>
    [...seen].flatMap(([name, told]) => told[what].map((one) => `${name}: ${one}`));

  it('has no violation that axe can find, light or dark', () => {
    expect(all('violations')).toEqual([]);
  });

  it('never scrolls sideways: at 320 px, at 200 % zoom, with text at 200 %', () => {
    expect(all('overflow')).toEqual([]);
  });

  it('leaves the console silent', () => {
    expect(all('console')).toEqual([]);
  });

  it('would be told of a violation, an overflow and an error', async () => {
    await visit(pages[0] as SitePage);
    complaints = [];
    await page.evaluate(() => {
      const wide = document.createElement('div');
      wide.style.width = '3000px';
      wide.append(Object.assign(document.createElement('img'), { src: '/favicon.svg' }));
      document.body.append(wide);
      console.error('on purpose');
    });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    expect(violations.map(({ id }) => id)).toContain('image-alt');
    expect(await stickingOut()).not.toEqual([]);
    expect(complaints.join()).toContain('on purpose');
  });
});
