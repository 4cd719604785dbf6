import { type BasePorts, Failure, type Store } from '../../shared/kernel/index.ts';
import type { session as table } from '../../shared/session/table.ts';

interface Ports extends Pick<BasePorts, 'clock' | 'ids'> {
  readonly session: Store<typeof table, 'get' | 'put' | 'update'>;
}

const WINDOW = 600;
/** Failures a login may have in a window. */
const PER_LOGIN = 10;
/** A school shares one address: it may fail this often before it waits. */
const PER_ADDRESS = 300;

const limited = () => new Failure('too-many', 'session.too-many-attempts', { retryAfterSeconds: WINDOW });

/**
 * Makes one attempt under the limits. The login's turn is taken before and given back on success, so that parallel attempts
 * can't outrun the count; the address counts failures only, since a whole school signs in behind it at once.
 */
export async function attempt<T>(login: string, address: string, { session, clock, ids }: Ports, act: () => Promise<T>): Promise<T> {
  const now = Math.floor(clock.system().getTime() / 1000);
  const window = now - (now % WINDOW);
  const expires = window + 2 * WINDOW;
  const byLogin = { subject: ids.natural('login', login), window };
  const byAddress = { subject: ids.natural('address', address), window };
  const count = (key: typeof byLogin, by: number, limit?: number) =>
    session.write({
      update: 'attempts',
      key,
      set: { expires },
      add: { count: by },
      ...(limit !== undefined && { when: { below: { count: limit } } }),
    });

  const address_ = await session.get('attempts', byAddress);
  if ((address_?.count ?? 0) >= PER_ADDRESS) throw limited();
  try {
    await count(byLogin, 1, PER_LOGIN);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'conflict') throw limited();
    throw error;
  }
  try {
    const result = await act();
    await count(byLogin, -1);
    return result;
  } catch (error) {
    if (error instanceof Failure && error.code === 'session.refused') await count(byAddress, 1);
    // What failed for another reason was nobody's guess.
    else await count(byLogin, -1);
    throw error;
  }
}

export const refused = () => new Failure('unauthenticated', 'session.refused');
