import { type AnswerOf, Failure, type Input, instant } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt, refused } from './attempts.ts';
import { endSessions } from './end-sessions.ts';
import type { ApiPorts } from './manifest.ts';
import { matches } from './seal.ts';

export const resetPassword = (
  { params: { door }, body: { login, code, password }, address }: Input<typeof routes.resetPassword>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.resetPassword>> =>
  attempt(login, address, ports, async () => {
    const { session, accounts, codesSecret, clock } = ports;
    const [name, reset, keys] = await Promise.all([session.get('login', { login }), session.get('reset', { login }), codesSecret.keys()]);
    const right = matches(['reset', login, code], reset?.codeHash, keys);
    if (!right || !reset?.codeHash || !name?.accountId || name.door !== door || (reset.codeExpiresAt ?? '') <= instant(clock.system()))
      throw refused();
    try {
      // Spent before the password changes: of two uses at once, one wins.
      await session.write({ delete: 'reset', key: { login }, when: { is: { codeHash: reset.codeHash } } });
    } catch (error) {
      if (error instanceof Failure && error.kind === 'conflict') throw refused();
      throw error;
    }
    await accounts.setPassword(door, name.accountId, password);
    await endSessions(door, name.accountId, ports);
    return { changed: true };
  });
