import { Failure, type Input, Reply } from '../../shared/kernel/index.ts';
import type { SignedIn } from '../../shared/session/credential.ts';
import type * as routes from '../../shared/session/routes.ts';
import { readRefresh } from './cookies.ts';
import type { ApiPorts } from './manifest.ts';

export async function refresh(
  { params: { door }, cookies }: Input<typeof routes.refresh>,
  { accounts }: ApiPorts,
): Promise<Reply<SignedIn>> {
  const held = readRefresh(cookies, door);
  const tokens = held && (await accounts.refresh(door, held.personId, held.token));
  if (!held || !tokens) throw new Failure('unauthenticated', 'session.ended');
  return new Reply<SignedIn>({ step: 'signed-in', door, personId: held.personId, ...tokens });
}
