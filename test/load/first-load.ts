/**
 * JavaScript of the first load of each home (gz) and its largest contentful paint on a simulated slow 4G phone (1.6 Mbit/s, 150 ms to every answer,
 * processor four times slower), nothing cached, signed in already, against the running local system:
 * `npm start -- --detach`, then `node test/load/first-load.ts [--rounds 5] [--check]` (`PREAU_SYSTEM` names another system's folder).
 * The emulated CDN does not compress: a proxy in front of it does, as the CDN is told to.
 */
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs, promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { DemoLogin } from '../../infra/local/system.ts';
import { invite } from '../../shared/directory/questions.ts';
import { inviteStaff, type Letter, letterFor, operator, PASSWORD, sixDigits } from '../journeys/accounts.ts';
import { launchBrowser } from '../journeys/browser.ts';
import { readSystem } from '../journeys/system.ts';
import { median, table } from './figures.ts';

const TARGET = { kilobytes: 60, seconds: 1.5 };
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const SLOWER = 4;
const PHONE = { width: 360, height: 740 };
/** What CloudFront compresses, and the least size it bothers with. */
const TEXT = /^(text\/|application\/(json|javascript|manifest\+json)|image\/svg)/;
const LEAST = 1_000;
const QUIET = 4_000;

const pack = promisify(gzip);
const system = readSystem();
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, check: { type: 'boolean', default: false } } });

let scripts = 0;
const upstream = new URL(system.site);
const proxy = createServer((incoming, outgoing) => {
  const { url = '/', method, headers } = incoming;
  const passed = ask(
    { host: upstream.hostname, port: upstream.port, path: url, method, headers: { ...headers, 'accept-encoding': 'identity' } },
    (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', async () => {
        const body = Buffer.concat(chunks);
        const type = answer.headers['content-type'] ?? '';
        const kept = { ...answer.headers };
        delete kept['transfer-encoding'];
        const packed = !url.startsWith('/api/') && TEXT.test(type) && body.length >= LEAST ? await pack(body) : undefined;
        const sent = packed ?? body;
        if (type.startsWith('text/javascript')) scripts += sent.length;
        outgoing.writeHead(answer.statusCode ?? 502, {
          ...kept,
          'content-length': sent.length,
          ...(packed && { 'content-encoding': 'gzip' }),
        });
        outgoing.end(sent);
      });
    },
  );
  passed.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(passed);
});
await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
const site = `http://localhost:${(proxy.address() as AddressInfo).port}`;

/** Signs in from the page itself, so that the browser keeps the door's cookie. */
const send = (page: Page, path: string, body: unknown): Promise<{ step: string; challenge?: string; secret?: string }> =>
  page.evaluate(
    async ({ path: to, text }) => {
      const answer = await fetch(`/api/public/session/${to}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: text,
      });
      if (!answer.ok) throw new Error(`${to}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    { path, text: JSON.stringify(body) },
  );

const enter = async (page: Page, { door, login, password }: DemoLogin) => send(page, `${door}/sign-in`, { login, password });

const open = async (page: Page, { door, login, code }: Letter) => {
  const step = await send(page, 'activation', { login, code, password: PASSWORD });
  if (step.step === 'enrol') await send(page, `${door}/enrolment`, { challenge: step.challenge, code: sixDigits(step.secret ?? '') });
};

/** Milliseconds to the largest paint, once there has been none larger for a while: a live page is never idle. */
const painted = async (page: Page): Promise<number> => {
  let last = -1;
  for (let quiet = 0, waited = 0; quiet < QUIET && waited < 30_000; waited += 250, quiet += 250) {
    await page.waitForTimeout(250);
    const now = await page.evaluate(() => (globalThis as unknown as { painted: number }).painted);
    if (now !== last || now === 0) quiet = 0;
    last = now;
  }
  if (last <= 0) throw new Error(`nothing was painted at ${page.url()}`);
  return last;
};

const { uai } = (system.schools as readonly { readonly uai: string }[])[0] ?? { uai: '' };
const operate = operator(system);
const demo = (door: string): DemoLogin => {
  const found = system.logins[door]?.[0];
  if (!found) throw new Error(`the demo has no one at the ${door} door`);
  return found;
};
const authority = async () => {
  const { personId } = await operate(invite, {
    uai,
    door: 'authority',
    familyName: 'Essai',
    givenName: 'Dominique',
    duties: [],
    oversees: [uai],
  });
  return letterFor(operate, uai, personId);
};
const homes: readonly (readonly [string, string, (page: Page) => Promise<unknown>])[] = [
  ['choice of a door', '/', async () => undefined],
  ['guardian', '/responsable', (page) => enter(page, demo('guardian'))],
  ['pupil', '/eleve', (page) => enter(page, demo('pupil'))],
  ['teacher', '/professeur', (page) => enter(page, demo('teacher'))],
  ['school life', '/vie-scolaire', async (page) => open(page, await inviteStaff(operate, uai, ['school-life']))],
  ['authority', '/collectivite', async (page) => open(page, await authority())],
];

const browser = await launchBrowser();
try {
  let held = true;
  const rows: string[][] = [['home', 'JS (gz)', 'LCP', 'slowest', '']];
  for (const [home, path, signIn] of homes) {
    const context = await browser.newContext({
      viewport: PHONE,
      deviceScaleFactor: 2,
      isMobile: true,
      locale: 'fr-FR',
      timezoneId: 'Europe/Paris',
      // The pages of the whole door are fetched once the first is shown: they are no part of it.
      serviceWorkers: 'block',
    });
    await context.addInitScript(() => {
      Object.assign(globalThis, { painted: 0 });
      new PerformanceObserver((list) => {
        for (const { startTime } of list.getEntries()) Object.assign(globalThis, { painted: startTime });
      }).observe({ type: 'largest-contentful-paint', buffered: true });
    });
    const first = await context.newPage();
    await first.goto(`${site}/mark.svg`);
    await signIn(first);
    // Starts the emulator's functions: what is measured is the site.
    await first.goto(`${site}${path}`);
    await painted(first);
    await first.close();
    const paints: number[] = [];
    let bytes = 0;
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const page = await context.newPage();
      const tools = await context.newCDPSession(page);
      await tools.send('Network.enable');
      await tools.send('Network.clearBrowserCache');
      await tools.send('Network.emulateNetworkConditions', SLOW_4G);
      await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      scripts = 0;
      await page.goto(`${site}${path}`);
      const paint = await painted(page);
      bytes = scripts;
      if (new URL(page.url()).pathname !== path) throw new Error(`${home}: the browser ended at ${page.url()}`);
      paints.push(paint);
      await page.close();
    }
    await context.close();
    const [kilobytes, seconds] = [bytes / 1024, median(paints) / 1000];
    const misses = [...(kilobytes > TARGET.kilobytes ? ['JS'] : []), ...(seconds > TARGET.seconds ? ['LCP'] : [])];
    held &&= misses.length === 0;
    rows.push([
      home,
      `${kilobytes.toFixed(1)} kB`,
      `${seconds.toFixed(2)} s`,
      `${(Math.max(...paints) / 1000).toFixed(2)} s`,
      misses.length > 0 ? `MISSED: ${misses.join(', ')}` : '',
    ]);
  }
  console.log(table(rows));
  console.log(
    `target: at most ${TARGET.kilobytes} kB of JavaScript (gz) and an LCP of ${TARGET.seconds} s, median of ${values.rounds} rounds: ${held ? 'held' : 'MISSED'}`,
  );
  if (values.check && !held) process.exitCode = 1;
} finally {
  await browser.close();
  proxy.close();
  proxy.closeAllConnections();
}
