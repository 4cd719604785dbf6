import type { Input, Reply, SignInOutcome } from '../../shared/kernel/index.ts';
import type { SignedIn } from '../../shared/session/credential.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt, refused } from './attempts.ts';
import { keepAuthenticator } from './authenticator.ts';
import { openChallenge } from './challenge.ts';
import type { ApiPorts } from './manifest.ts';
import { signedIn } from './open-session.ts';

export async function confirmEnrolment(
  { params: { door }, body, address }: Input<typeof routes.confirmEnrolment>,
  ports: ApiPorts,
): Promise<Reply<SignedIn>> {
  const { accounts, clock, devicesSecret } = ports;
  const { personId, login, secret, proof } = await openChallenge(body.challenge, 'enrol', door, clock.system(), devicesSecret);
  return attempt(login, address, ports, async () => {
    let outcome: SignInOutcome;
    if ('session' in proof) outcome = await accounts.completeEnrolment(door, personId, proof.session, body.code);
    else {
      if (!(await accounts.confirmTotp(door, { accessToken: proof.accessToken }, body.code))) throw refused();
      outcome = { outcome: 'tokens', ...proof };
    }
    if (outcome.outcome !== 'tokens') throw refused();
    await accounts.requireTotp(door, personId);
    return signedIn({ door, personId, login }, outcome, { recoveryCodes: await keepAuthenticator(personId, secret, ports) });
  });
}
