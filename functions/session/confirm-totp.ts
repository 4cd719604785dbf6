import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt, refused } from './attempts.ts';
import { keepAuthenticator } from './authenticator.ts';
import type { ApiPorts } from './manifest.ts';
import { unseal } from './seal.ts';

export const confirmTotp = (
  { body, caller: { door, personId }, address }: Input<typeof routes.confirmTotp>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.confirmTotp>> =>
  attempt(personId, address, ports, async () => {
    const { accounts, devicesSecret } = ports;
    const pending = unseal(body.pending, await devicesSecret.keys());
    if (
      typeof pending !== 'object' ||
      pending === null ||
      !('personId' in pending) ||
      pending.personId !== personId ||
      !('secret' in pending)
    )
      throw refused();
    if (!(await accounts.confirmTotp(door, { accessToken: body.accessToken }, body.code))) throw refused();
    await accounts.requireTotp(door, personId);
    return { recoveryCodes: await keepAuthenticator(personId, String(pending.secret), ports) };
  });
