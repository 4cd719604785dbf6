import { people, recordActivation, school } from '../../shared/directory/questions.ts';
import { type AnswerOf, type Input, instant, type Reply } from '../../shared/kernel/index.ts';
import type { SignInStep } from '../../shared/session/credential.ts';
import type * as routes from '../../shared/session/routes.ts';
import { attempt, refused } from './attempts.ts';
import type { ApiPorts } from './manifest.ts';
import { findByCode, spendCode } from './one-time-code.ts';
import { afterPassword } from './open-session.ts';

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
