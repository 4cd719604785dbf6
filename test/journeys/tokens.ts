import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { System } from '../../infra/local/system.ts';
import { PASSWORD, sixDigits } from './accounts.ts';
import type { SignedInPerson } from './cast.ts';

type Claims = Readonly<Record<string, unknown>>;

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const decode = (part = ''): Claims => JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims;

/** The keys with which a pool signs, as everybody may read them. */
async function publishedKeys({ emulator, pools }: System, door: string): Promise<readonly (JsonWebKey & { kid: string })[]> {
  const answer = await fetch(`${emulator}/${pools[door]?.poolId}/.well-known/jwks.json`);
  return ((await answer.json()) as { keys: (JsonWebKey & { kid: string })[] }).keys;
}

/** Tokens that look like an honest one of the same person, and that nobody but the pool could have made. */
export async function forgeriesOf(system: System, { door, token }: SignedInPerson): Promise<Readonly<Record<string, string>>> {
  const [head, payload, signature = ''] = token.split('.');
  const header = decode(head);
  const claims = decode(payload);
  const [published] = await publishedKeys(system, door);
  if (!published) throw new Error(`The ${door} pool publishes no key`);
  const key = createPublicKey({ key: published, format: 'jwk' });
  const hmac = (secret: string | Buffer): string => {
    const unsigned = `${encode({ ...header, alg: 'HS256' })}.${payload}`;
    return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
  };
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const resigned = (changed: Claims, with_: Claims = header): string => {
    const unsigned = `${encode(with_)}.${encode(changed)}`;
    return `${unsigned}.${sign('sha256', Buffer.from(unsigned), own).toString('base64url')}`;
  };
  const altered = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
  const later = Math.floor(Date.now() / 1000) + 86_400;
  return {
    'a word': 'token',
    'alg none, unsigned': `${encode({ ...header, alg: 'none' })}.${payload}.`,
    'alg none, signed': `${encode({ ...header, alg: 'none' })}.${payload}.${signature}`,
    'HS256 with the public key in PEM': hmac(key.export({ type: 'spki', format: 'pem' })),
    'HS256 with the public key in DER': hmac(key.export({ type: 'spki', format: 'der' })),
    'an altered signature': `${head}.${payload}.${altered}`,
    'no signature': `${head}.${payload}.`,
    'a later end': `${head}.${encode({ ...claims, exp: later })}.${signature}`,
    'another person': `${head}.${encode({ ...claims, username: 'p_00000000000000000000', sub: crypto.randomUUID() })}.${signature}`,
    'a key of its own': resigned(claims),
    'a key of its own, long past its end': resigned({ ...claims, exp: 1_000_000_000 }),
    'a key nobody knows': resigned(claims, { ...header, kid: 'unknown' }),
    'another issuer': resigned({ ...claims, iss: 'https://example.org/pool' }),
  };
}

/** The ID token that Cognito gives beside an access token. No route hands it out: the pool itself is asked, with AWS credentials. */
export async function idTokenOf(system: System, { door, personId, secret }: SignedInPerson): Promise<string> {
  const cognito = new CognitoIdentityProviderClient({});
  const { poolId: UserPoolId, clientId: ClientId } = system.pools[door] as { poolId: string; clientId: string };
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  const SECRET_HASH = createHmac('sha256', UserPoolClient?.ClientSecret ?? '')
    .update(personId + ClientId)
    .digest('base64');
  const first = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: personId, PASSWORD, SECRET_HASH },
    }),
  );
  const { AuthenticationResult } =
    first.ChallengeName === 'SOFTWARE_TOKEN_MFA'
      ? await cognito.send(
          new AdminRespondToAuthChallengeCommand({
            UserPoolId,
            ClientId,
            ChallengeName: 'SOFTWARE_TOKEN_MFA',
            Session: first.Session,
            ChallengeResponses: { USERNAME: personId, SOFTWARE_TOKEN_MFA_CODE: sixDigits(secret ?? ''), SECRET_HASH },
          }),
        )
      : first;
  cognito.destroy();
  if (!AuthenticationResult?.IdToken) throw new Error(`The ${door} pool gave no ID token`);
  return AuthenticationResult.IdToken;
}
