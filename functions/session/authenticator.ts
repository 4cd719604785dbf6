import { Secret, TOTP, URI } from 'otpauth';
import { type BasePorts, Failure, type SecretPort, type Store } from '../../shared/kernel/index.ts';
import { CODE_ALPHABET } from '../../shared/session/credential.ts';
import type { session as table } from '../../shared/session/table.ts';
import { keyedHash, matches, seal, unseal } from './seal.ts';

interface Ports extends Pick<BasePorts, 'clock' | 'ids'> {
  readonly session: Store<typeof table, 'get' | 'put' | 'update'>;
  readonly devicesSecret: SecretPort;
}

const RECOVERY_CODES = 10;
const RECOVERY_LENGTH = 10;

const totp = (secret: string, label: string) =>
  new TOTP({ issuer: 'Préau', label, secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: 'SHA1' });

/** What an authenticator app scans (RFC 6238; Key URI format), and the secret in groups of four to type. */
export const enrolmentOf = (secret: string, label: string): { uri: string; secret: string } => ({
  uri: URI.stringify(totp(secret, label)),
  secret: secret.replace(/.{4}(?=.)/g, '$& '),
});

/** Keeps the confirmed secret and makes fresh recovery codes, shown once. */
export async function keepAuthenticator(personId: string, secret: string, { session, devicesSecret, ids }: Ports): Promise<string[]> {
  const keys = await devicesSecret.keys();
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => ids.secret(CODE_ALPHABET, RECOVERY_LENGTH));
  await session.write({
    put: 'authenticator',
    item: {
      personId,
      sealed: seal({ personId, secret }, keys),
      recoveryLeft: RECOVERY_CODES,
      recoveryHashes: recoveryCodes.map((code) => keyedHash(['recovery', personId, code], keys[0] as Uint8Array)),
    },
  });
  return recoveryCodes;
}

/** The six digits the person's own authenticator shows now; `undefined` when there is none or its seal is not ours. */
export async function currentCode(personId: string, { session, devicesSecret, clock }: Ports): Promise<string | undefined> {
  const held = await session.get('authenticator', { personId });
  const opened = held && unseal(held.sealed, await devicesSecret.keys());
  if (typeof opened !== 'object' || opened === null || !('secret' in opened) || !('personId' in opened) || opened.personId !== personId)
    return undefined;
  return totp(String(opened.secret), '').generate({ timestamp: clock.system().getTime() });
}

/** Uses up a recovery code: true once for each. */
export async function spendRecoveryCode(personId: string, code: string, { session, devicesSecret }: Ports): Promise<boolean> {
  const held = await session.get('authenticator', { personId });
  if (!held) return false;
  const keys = await devicesSecret.keys();
  const left = held.recoveryHashes.filter((hash) => !matches(['recovery', personId, code], hash, keys));
  if (left.length === held.recoveryHashes.length) return false;
  try {
    await session.write({
      update: 'authenticator',
      key: { personId },
      set: { recoveryHashes: left, recoveryLeft: left.length },
      when: { is: { recoveryLeft: held.recoveryLeft } },
    });
  } catch (error) {
    // The same code twice at once: one of the two spent it.
    if (error instanceof Failure && error.kind === 'conflict') return false;
    throw error;
  }
  return true;
}
