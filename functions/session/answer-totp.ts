import type { Input, Reply } from '../../shared/kernel/index.ts';
import type { SignedIn } from '../../shared/session/credential.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt, refused } from './attempts.ts';
import { currentCode, spendRecoveryCode } from './authenticator.ts';
import { openChallenge } from './challenge.ts';
import { keepDevice } from './cookies.ts';
import type { ApiPorts } from './manifest.ts';
import { signedIn } from './open-session.ts';
import { trustDevice, trustedDays } from './trusted-device.ts';

const isTotp = (code: string): boolean => /^\d{6}$/.test(code);

export async function answerTotp(
  { params: { door }, body, address }: Input<typeof routes.answerTotp>,
  ports: ApiPorts,
): Promise<Reply<SignedIn>> {
  const { accounts, clock, devicesSecret } = ports;
  const { personId, login, session } = await openChallenge(body.challenge, 'totp', door, clock.system(), devicesSecret);
  return attempt(login, address, ports, async () => {
    // A printed code stands for the phone: once spent, the authenticator's own code is computed in its place.
    const code = isTotp(body.code)
      ? body.code
      : (await spendRecoveryCode(personId, body.code, ports))
        ? await currentCode(personId, ports)
        : undefined;
    if (code === undefined) throw refused();
    const outcome = await accounts.answerTotp(door, personId, session, code);
    if (outcome.outcome !== 'tokens') throw refused();
    const days = body.trustDevice ? await trustedDays(login, ports) : 0;
    const cookies = days > 0 ? [keepDevice(door, personId, await trustDevice(personId, days, ports), days)] : [];
    return signedIn({ door, personId, login }, outcome, { cookies });
  });
}
