import { recordActivation, school } from '../../shared/directory/questions.ts';
import { type AnswerOf, Failure, type Input, instant } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt, refused } from './attempts.ts';
import type { ApiPorts } from './manifest.ts';
import { findByCode, spendCode } from './one-time-code.ts';

/** Another school's letter joins an account: its links move onto this account's card, its login leads here too. */
export const attachCode = (
  { body: { login, code }, caller, address }: Input<typeof routes.attachCode>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.attachCode>> =>
  attempt(login, address, ports, async () => {
    const found = await findByCode(login, code, ports);
    if (!found) throw refused();
    if (found.door !== caller.door) throw new Failure('refused', 'session.other-door');
    const { uai, personId } = found;
    const at = await ports.ask(school, { uai });
    await ports.ask(recordActivation, { uai, personId, accountId: caller.personId, at: instant(ports.clock.system()) });
    await spendCode(found, caller.personId, ports);
    return { school: at?.name ?? uai };
  });
