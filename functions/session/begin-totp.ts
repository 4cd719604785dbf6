import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { enrolmentOf } from './authenticator.ts';
import type { ApiPorts } from './manifest.ts';
import { seal } from './seal.ts';

/** A teacher who wishes a second step. The new secret waits, sealed, for its first code. */
export async function beginTotp(
  { body, caller: { door, personId } }: Input<typeof routes.beginTotp>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.beginTotp>> {
  const { accounts, devicesSecret } = ports;
  const { secret } = await accounts.beginTotp(door, { accessToken: body.accessToken });
  return { ...enrolmentOf(secret, personId), pending: seal({ personId, secret }, await devicesSecret.keys()) };
}
