import { createHmac, timingSafeEqual } from 'node:crypto';
import type * as z from 'zod';
import type { SecretPort } from '../../shared/kernel/grant.ts';

/**
 * A link that needs no sign-in: what it is for and until when, signed. It hides nothing (ids are readable in it) and
 * cannot be changed. `purpose` keeps a link made for one thing from opening another.
 */
const mac = (key: Uint8Array, purpose: string, text: string): Buffer => createHmac('sha256', key).update(`${purpose}\n${text}`).digest();

/** `claims` and expiry in base64url, a dot, 32 bytes of HMAC-SHA-256: fits a path segment. `expires` is by the system clock. */
export const signLink = async (secret: SecretPort, purpose: string, claims: Readonly<Record<string, unknown>>, expires: Date) => {
  const [key] = await secret.keys();
  if (!key) throw new RangeError('there is no key to sign links with');
  const text = Buffer.from(JSON.stringify({ ...claims, exp: Math.floor(expires.getTime() / 1000) })).toString('base64url');
  return `${text}.${mac(key, purpose, text).toString('base64url')}`;
};

export type OpenedLink<Claims> =
  | { readonly state: 'valid' | 'expired'; readonly claims: Claims; readonly expires: Date }
  /** Forged, cut short, made for another purpose or by a key that is no longer valid: nothing of it may be believed. */
  | { readonly state: 'unknown' };

const TOKEN = /^([\w-]{2,2000})\.([\w-]{43})$/;

const read = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** Verifies with each valid key, then the expiry by the system clock, then the shape. */
export const openLink = async <S extends z.ZodType>(
  secret: SecretPort,
  purpose: string,
  shape: S,
  token: string,
  now: Date,
): Promise<OpenedLink<z.infer<S>>> => {
  const [, text, signature] = TOKEN.exec(token) ?? [];
  if (text === undefined || signature === undefined) return { state: 'unknown' };
  const given = Buffer.from(signature, 'base64url');
  // The last character of a signature holds spare bits: only the one spelling we write is a signature.
  if (given.toString('base64url') !== signature) return { state: 'unknown' };
  const signed = (await secret.keys()).some((key) => timingSafeEqual(mac(key, purpose, text), given));
  if (!signed) return { state: 'unknown' };
  const { exp, ...claims } = (read(text) ?? {}) as { exp?: unknown };
  const parsed = shape.safeParse(claims);
  if (!parsed.success || typeof exp !== 'number') return { state: 'unknown' };
  const expires = new Date(exp * 1000);
  return { state: now < expires ? 'valid' : 'expired', claims: parsed.data, expires };
};
