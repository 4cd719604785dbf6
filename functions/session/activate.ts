import { people, recordActivation, school } from '../../shared/directory/questions.ts';
import { type AnswerOf, Failure, type Input, instant, type Reply } from '../../shared/kernel/index.ts';
import type { SignInStep } from '../../shared/session/credential.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt, refused } from './attempts.ts';
import type { ApiPorts } from './manifest.ts';
import { findByCode } from './one-time-code.ts';
import { afterPassword } from './open-session.ts';

type Opened = NonNullable<Awaited<ReturnType<typeof findByCode>>>;

export const checkCode = (
  { body: { login, code }, address }: Input<typeof routes.checkCode>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.checkCode>> =>
  attempt(login, address, ports, async () => {
    const found = await findByCode(login, code, ports);
    if (!found) throw refused();
    const { uai, personId, door } = found;
    const [[person], at] = await Promise.all([ports.ask(people, { uai, personIds: [personId] }), ports.ask(school, { uai })]);
    if (!person || person.departedOn !== undefined || !at) throw refused();
    return { door, givenName: person.givenName, school: at.name };
  });

/** Uses the code up for an account; of two at once, one wins. */
export async function spendCode(
  { uai, personId, door, login, codeHash }: Opened,
  accountId: string,
  { session, clock }: ApiPorts,
): Promise<void> {
  try {
    await session.write(
      {
        update: 'credential',
        key: { uai, personId },
        set: { codeHash: undefined, codeExpiresAt: undefined, accountId, activatedAt: instant(clock.system()) },
        when: { is: { codeHash: codeHash ?? '' } },
      },
      { put: 'login', item: { login, uai, personId, door, accountId } },
    );
  } catch (error) {
    if (error instanceof Failure && error.kind === 'conflict') throw refused();
    throw error;
  }
}

/** Only now does the account exist. Every step can be repeated: the code is spent last, so that a lost reply locks nobody out. */
export const activate = ({ body, address }: Input<typeof routes.activate>, ports: ApiPorts): Promise<Reply<SignInStep>> => {
  const { login, code, password, email } = body;
  const { accounts, ask, clock } = ports;
  return attempt(login, address, ports, async () => {
    const found = await findByCode(login, code, ports);
    if (!found) throw refused();
    const { uai, personId, door } = found;
    if (await accounts.exists(door, personId)) await accounts.setPassword(door, personId, password);
    else await accounts.create(door, personId, password);
    await ask(recordActivation, { uai, personId, accountId: personId, at: instant(clock.system()), ...(email !== undefined && { email }) });
    await spendCode(found, personId, ports);
    return afterPassword({ door, personId, login }, await accounts.signIn(door, personId, password), false, ports);
  });
};
