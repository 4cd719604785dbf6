import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';

/** Encrypts and authenticates a small JSON value with the current key. */
export function seal(value: unknown, keys: readonly Uint8Array[]): string {
  const [key] = keys;
  if (!key) throw new RangeError('no key to seal with');
  const nonce = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** What was sealed with any of the valid keys; `undefined` when it was not us. */
export function unseal(text: string, keys: readonly Uint8Array[]): unknown {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < 29) return undefined;
  for (const key of keys) {
    try {
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'));
    } catch {
      // Not this key's: the one before may have sealed it.
    }
  }
  return undefined;
}

/** A keyed hash for codes and devices: a stolen table does not give them away. */
export const keyedHash = (parts: readonly string[], key: Uint8Array): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

/** Whether one of the valid keys gives this hash, in constant time. */
export const matches = (parts: readonly string[], hash: string | undefined, keys: readonly Uint8Array[]): boolean => {
  const stored = Buffer.from(hash ?? '', 'base64url');
  let found = false;
  for (const key of keys) {
    const computed = Buffer.from(keyedHash(parts, key), 'base64url');
    // Every key is tried, so that time does not say which matched.
    if (stored.length === computed.length && timingSafeEqual(stored, computed)) found = true;
  }
  return found;
};
