import { redirect } from '@sveltejs/kit';
import { client } from '#lib/api/index.ts';
import { DOOR_WORDS, doorOf } from '#lib/doors.ts';
import type { Door } from '#shared/kernel/access-card.ts';
import { signOut, signOutEverywhere } from '#shared/session/routes.ts';
import { goto } from '$app/navigation';
import { goOut } from './here.ts';
import { forget } from './me.ts';

const LAST_DOOR = 'preau.door';

/** The door that this device used last. */
export const lastDoor = (): Door | undefined => doorOf(localStorage.getItem(LAST_DOOR) ?? '');

export const rememberDoor = (door: Door): void => localStorage.setItem(LAST_DOOR, DOOR_WORDS[door]);

export const homeOf = (door: Door): `/${string}` => `/${DOOR_WORDS[door]}`;

export const signInAt = (door: Door, returnTo?: string): `/${string}` =>
  `${homeOf(door)}/connexion${returnTo && returnTo !== homeOf(door) ? `?retour=${encodeURIComponent(returnTo)}` : ''}`;

/** Where to go once signed in: an address of that same door, never of another site. */
export const returnOf = (door: Door, url: URL): string => {
  const wanted = url.searchParams.get('retour') ?? '';
  return wanted === homeOf(door) || wanted.startsWith(`${homeOf(door)}/`) ? wanted : homeOf(door);
};

interface SignedIn {
  readonly door: Door;
  readonly accessToken: string;
  readonly expiresIn: number;
}

/** Holds the tokens of a sign-in, in memory, and remembers the door. */
export function enter({ door, ...tokens }: SignedIn): void {
  void goOut(door);
  forget(door);
  client.hold(door, tokens);
  rememberDoor(door);
}

/**
 * Ends the session on this device, or everywhere. Without an answer the session is not ended, and the caller is told; what this device kept
 * is gone in any case.
 */
export async function leave(door: Door, { everywhere = false } = {}): Promise<void> {
  await goOut(door);
  if (everywhere) await client.call(signOutEverywhere, door);
  await client.call(signOut, 'public', { params: { door } });
  client.drop(door);
  forget(door);
  await goto(signInAt(door));
}

/** For a door's layout: without a session, to its sign-in page; without a network, on: each screen says so itself. */
export const guard =
  (door: Door) =>
  async ({ url }: { url: URL }): Promise<{ door: Door }> => {
    const alive = await client.revive(door).catch(() => true);
    if (!alive) redirect(307, signInAt(door, url.pathname));
    return { door };
  };

client.onEnd((door) => {
  void goOut(door);
  forget(door);
  if (location.pathname.startsWith(homeOf(door)) && !location.pathname.endsWith('/connexion')) {
    void goto(signInAt(door, location.pathname));
  }
});
