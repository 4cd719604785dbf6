import { createECDH } from 'node:crypto';
import { buildPushPayload } from '@block65/webcrypto-web-push';
import type { PushPort, PushTo } from '../../shared/kernel/grant.ts';
import { once } from './clients.ts';
import { environment } from './env.ts';
import { parameterSecret } from './secret.ts';

/** A push service that answers later than this is none. */
const PATIENCE = 5_000;
/** News of an absence is worth nothing a day later; the portal has it anyway. */
const KEPT_SECONDS = 4 * 3600;

interface Vapid {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** 32 random bytes are a private key of P-256 (all but one in four thousand million): the secret is like our others, and rotated like them. */
const pairOf = (bytes: Uint8Array): Vapid => {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(bytes);
  return { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey('base64url') };
};

/** RFC 8030 over VAPID (RFC 8292), encrypted for the browser alone (RFC 8291). No answer's body is read. */
export const webPush = (): PushPort => {
  const { PREAU_SITE_URL } = environment();
  const secret = once(() => parameterSecret('push'));
  const pairs = async () => (await secret().keys()).map(pairOf);
  const pairFor = async ({ key }: PushTo) => (await pairs()).find(({ publicKey }) => publicKey === key);
  return {
    async key() {
      const [current] = await pairs();
      if (!current) throw new RangeError('there is no key to push with');
      return current.publicKey;
    },
    async send(to, { title, body, path, tag, language, dir }) {
      const pair = await pairFor(to);
      // Made with a key that is no longer ours: the browser subscribes anew when its owner comes back.
      if (!pair) return 'gone';
      const { endpoint, p256dh, auth } = to;
      const payload = await buildPushPayload(
        { data: { title, body, path, tag, language, dir }, options: { ttl: KEPT_SECONDS, urgency: 'high', topic: tag.slice(-32) } },
        { endpoint, expirationTime: null, keys: { p256dh, auth } },
        { subject: PREAU_SITE_URL, ...pair },
      );
      const { status } = await fetch(endpoint, {
        method: 'POST',
        headers: payload.headers,
        body: payload.body,
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (status < 300) return 'accepted';
      if (status === 404 || status === 410) return 'gone';
      return status === 429 || status >= 500 ? 'later' : 'refused';
    },
  };
};
