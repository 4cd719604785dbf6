import type { Person } from '../../shared/directory/person.ts';
import { type BasePorts, Failure, instant, type SecretPort, type Store } from '../../shared/kernel/index.ts';
import { CODE_ALPHABET, CODE_LENGTH } from '../../shared/session/credential.ts';
import { loginsFor } from '../../shared/session/login.ts';
import type { session as table } from '../../shared/session/table.ts';
import { keyedHash, matches } from './seal.ts';

interface Ports extends Pick<BasePorts, 'ids' | 'clock'> {
  readonly session: Store<typeof table, 'get' | 'put' | 'update'>;
  readonly codesSecret: SecretPort;
}

/** Days a code on paper stays good: a letter travels in a school bag. */
const CODE_DAYS = 60;

export interface IssuedCode {
  readonly personId: string;
  readonly door: Person['door'];
  readonly login: string;
  readonly code: string;
  readonly expiresAt: string;
}

const isTaken = (error: unknown): boolean => error instanceof Failure && error.kind === 'conflict';

/** The person's login, made at the first code: `prenom.nom`, or the next free number behind it. */
async function reserveLogin({ uai, personId, door, givenName, familyName }: Person, { session }: Ports): Promise<string> {
  for (const login of loginsFor(givenName, familyName)) {
    const held = await session.get('login', { login });
    // Left by a run that stopped between the login and its credential.
    if (held?.personId === personId && held.uai === uai) return login;
    if (held) continue;
    try {
      await session.write({ put: 'login', item: { login, uai, personId, door }, when: { absent: true } });
      return login;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  throw new RangeError('there is always another number');
}

/** A fresh code for someone who has not activated; the one before ends. `undefined` for whoever already has an account. */
export async function issueCodeFor(person: Person, ports: Ports): Promise<IssuedCode | undefined> {
  const { session, codesSecret, ids, clock } = ports;
  const { uai, personId, door } = person;
  const held = await session.get('credential', { uai, personId });
  if (held?.activatedAt !== undefined) return undefined;
  const login = held?.login ?? (await reserveLogin(person, ports));
  const [key] = await codesSecret.keys();
  if (!key) throw new RangeError('no key to hash a code with');
  const code = ids.secret(CODE_ALPHABET, CODE_LENGTH);
  const expiresAt = instant(new Date(clock.system().getTime() + CODE_DAYS * 86_400_000));
  await session.write({
    put: 'credential',
    item: { uai, personId, door, login, codeHash: keyedHash(['code', uai, personId, code], key), codeExpiresAt: expiresAt },
  });
  return { personId, door, login, code, expiresAt };
}

/** The credential that this login and code open, if they do. */
export async function findByCode(login: string, code: string, { session, codesSecret, clock }: Ports) {
  const name = await session.get('login', { login });
  const keys = await codesSecret.keys();
  const credential = name && (await session.get('credential', { uai: name.uai, personId: name.personId }));
  const right = matches(['code', name?.uai ?? '', name?.personId ?? '', code], credential?.codeHash, keys);
  const fresh = (credential?.codeExpiresAt ?? '') > instant(clock.system());
  return name && credential && right && fresh ? { ...credential, login } : undefined;
}

type Opened = NonNullable<Awaited<ReturnType<typeof findByCode>>>;

/** Uses the code up for an account; of two at once, one wins. */
export async function spendCode(
  { uai, personId, door, login, codeHash }: Opened,
  accountId: string,
  { session, clock }: Ports,
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
    if (error instanceof Failure && error.kind === 'conflict') throw new Failure('unauthenticated', 'session.refused');
    throw error;
  }
}
