import { type AnswerOf, type Input, instant } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt } from './attempts.ts';
import type { ApiPorts } from './manifest.ts';

/** Seconds in which a login may ask once: a mailbox is not a target. */
const QUIET = 60;

/** Only writes the wish down, for known and unknown logins alike: who it is, and the mail, come after the answer. */
export const requestReset = (
  { params: { door }, body: { login }, address }: Input<typeof routes.requestReset>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.requestReset>> =>
  attempt(login, address, ports, async () => {
    const { session, clock } = ports;
    const now = clock.system();
    const held = await session.get('reset', { login });
    if (!held || now.getTime() - Date.parse(held.requestedAt) > QUIET * 1000)
      await session.write({
        put: 'reset',
        item: {
          login,
          door,
          requestedAt: instant(now),
          revision: (held?.revision ?? 0) + 1,
          expires: Math.floor(now.getTime() / 1000) + 3600,
        },
      });
    return { sent: true };
  });
