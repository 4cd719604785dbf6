import { type Input, Reply } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt, refused } from './attempts.ts';
import { currentCode } from './authenticator.ts';
import { dropRefresh, keepRefresh } from './cookies.ts';
import { endSessions } from './end-sessions.ts';
import type { ApiPorts } from './manifest.ts';

/** Every other session ends; this browser gets a new one, unless its authenticator's code was only just used. */
export const changePassword = (
  { body: { current, next }, caller: { door, personId }, address }: Input<typeof routes.changePassword>,
  ports: ApiPorts,
) =>
  attempt(personId, address, ports, async () => {
    const { accounts } = ports;
    if ((await accounts.signIn(door, personId, current)).outcome === 'refused') throw refused();
    await accounts.setPassword(door, personId, next);
    await endSessions(door, personId, ports);
    const again = await accounts.signIn(door, personId, next);
    const code = again.outcome === 'totp' ? await currentCode(personId, ports) : undefined;
    const outcome =
      again.outcome === 'totp' && code !== undefined ? await accounts.answerTotp(door, personId, again.challenge, code) : again;
    const cookie = outcome.outcome === 'tokens' ? keepRefresh(door, personId, outcome.refreshToken) : dropRefresh(door);
    return new Reply({ changed: true as const }, { cookies: [cookie] });
  });
