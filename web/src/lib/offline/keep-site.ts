import { DOOR_WORDS } from '#lib/doors.ts';
import type { Door } from '#shared/kernel/access-card.ts';
import { forgetOldViews } from './last-view.ts';

/** What the shell says of the site it begins (`web/shell.ts`). */
export interface Site {
  readonly tree: string;
  readonly pieces: readonly string[];
  readonly pages: readonly (readonly [pattern: string, pieces: readonly number[]])[];
}

const IMMUTABLE = '/_app/immutable/';

/** The pages one needs without a network: the choice of a door, and the rooms of this one. */
const isOf = (door: Door) => {
  const rooms = new RegExp(String.raw`^\^\\/${DOOR_WORDS[door]}\\/`);
  return (pattern: string) => pattern === String.raw`^\/$` || rooms.test(pattern);
};

/** Addresses of all that the pages of a door are made of, in the language of this page. */
export function piecesOf({ tree, pieces, pages }: Site, door: Door): string[] {
  const wanted = new Set(pages.filter(([pattern]) => isOf(door)(pattern)).flatMap(([, all]) => all));
  return pieces.filter((_, at) => wanted.has(at)).map((piece) => (piece.endsWith('.css') ? IMMUTABLE : tree) + piece);
}

/** Lets the pages of this door open without a network. A browser that cannot, or may not, goes on without. */
export async function keepSite(door: Door): Promise<void> {
  const { preau: site } = globalThis as { preau?: Site };
  await forgetOldViews().catch(() => {});
  if (!site || !('serviceWorker' in navigator)) return;
  // A browser that refuses workers rejects this, or answers nothing.
  const registration = await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  if (!registration) return;
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(IMMUTABLE))
    .map(({ pathname }) => pathname);
  active?.postMessage({ keep: { door: DOOR_WORDS[door], pieces: piecesOf(site, door), loaded } });
}
