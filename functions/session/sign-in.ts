import type { Input, Reply } from '../../shared/kernel/index.ts';
import type { SignInStep } from '../../shared/session/credential.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt, refused } from './attempts.ts';
import { readDevice } from './cookies.ts';
import type { ApiPorts } from './manifest.ts';
import { afterPassword } from './open-session.ts';
import { isTrusted } from './trusted-device.ts';

export async function signIn(
  { params: { door }, body, address, cookies }: Input<typeof routes.signIn>,
  ports: ApiPorts,
): Promise<Reply<SignInStep>> {
  const { session, accounts, ids } = ports;
  const { login, password } = body;
  return attempt(login, address, ports, async () => {
    const known = await session.get('login', { login });
    // An unknown login, one of another door and one not yet activated are all tried under a name nobody has: same words, same time.
    const personId = known?.door === door && known.accountId ? known.accountId : ids.natural('p', 'nobody', login);
    const outcome = await accounts.signIn(door, personId, password);
    if (outcome.outcome === 'refused') throw refused();
    const device = readDevice(cookies, door);
    const trusted = device?.personId === personId && (await isTrusted(personId, device.token, ports));
    return afterPassword({ door, personId, login }, outcome, trusted, ports);
  });
}
