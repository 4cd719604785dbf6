import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { System } from '../../infra/local/system.ts';
import { type Letter, PASSWORD, sixDigits } from './accounts.ts';

const SCREENS = fileURLToPath(new URL('../../.preau/screens', import.meta.url));

/** What is on the screen, kept as an artefact of the build. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  await page.screenshot({ path: `${SCREENS}/${name}.png` });
}

export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/** Somebody's own browser: nothing shared with another's. Only who goes on without a network fetches the pages of a whole door beforehand. */
export const someone = (browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> =>
  browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: DESK, serviceWorkers: 'block', ...options });

/** Until the pages of a door open without a network in this browser. */
export const untilKept = (page: Page, door: string): Promise<void> =>
  page.evaluate(async (shell) => {
    const cache = await caches.open('preau-site');
    while (!(await cache.match(shell))) await new Promise((later) => setTimeout(later, 200));
  }, `/index.html?${door}`);

/** Copies a letter into the activation page, chooses a password, and passes the second step where the door asks for one. */
export async function activate(page: Page, { site }: System, { door, login, code }: Letter): Promise<void> {
  await page.goto(`${site}/activation`);
  await page.getByLabel('Identifiant').fill(login);
  await page.getByLabel('Code d’activation').fill(code);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByLabel('Choisissez un mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Activer mon accès' }).click();
  if (door === 'staff' || door === 'authority') await enrol(page);
}

/** The key that the page spells out for whoever cannot scan is what the square holds. */
async function enrol(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Protéger votre accès' }).waitFor();
  await page.getByText('Je ne peux pas le viser').click();
  const secret = (await page.locator('.secret').textContent()) ?? '';
  await page.getByLabel('Code', { exact: true }).fill(sixDigits(secret));
  await page.getByRole('button', { name: 'Vérifier le code' }).click();
  await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor();
  await page.getByRole('button', { name: 'Je les ai mis en lieu sûr' }).click();
}

/** The button of a pupil on a roll call, by the names a class list has. */
export const pupilRow = (page: Page, { familyName, givenName }: { readonly familyName: string; readonly givenName: string }) =>
  page.getByRole('button', { name: new RegExp(`^${familyName.toLocaleUpperCase('fr')} ${givenName} (?!.*Autres états)`) });
