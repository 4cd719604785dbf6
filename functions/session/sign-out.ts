import { type Input, Reply } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { dropRefresh, readRefresh } from './cookies.ts';
import type { ApiPorts } from './manifest.ts';

export async function signOut({ params: { door }, cookies }: Input<typeof routes.signOut>, { accounts }: ApiPorts) {
  const held = readRefresh(cookies, door);
  if (held) await accounts.revoke(door, held.token);
  return new Reply({ signedOut: true as const }, { cookies: [dropRefresh(door)] });
}
