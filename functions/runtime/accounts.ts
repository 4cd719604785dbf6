import { createHmac } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  type AdminInitiateAuthCommandOutput,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  RevokeTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Door } from '../../shared/kernel/access-card.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import type { AccountsPort, SignInOutcome } from '../../shared/kernel/grant.ts';
import { clientSettings, once } from './clients.ts';
import { environment } from './env.ts';

const cognito = once(() => new CognitoIdentityProviderClient(clientSettings()));

/** Cognito's words for "no": a caller learns nothing from which of them it was. */
const REFUSALS = new Set([
  'NotAuthorizedException',
  'UserNotFoundException',
  'UserNotConfirmedException',
  'PasswordResetRequiredException',
  'CodeMismatchException',
  'ExpiredCodeException',
  'EnableSoftwareTokenMFAException',
]);
const BUSY = new Set(['TooManyRequestsException', 'LimitExceededException', 'TooManyFailedAttemptsException']);
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

const orElse = async <V, E>(attempt: Promise<V>, refused: E): Promise<V | E> => {
  try {
    return await attempt;
  } catch (error) {
    if (REFUSALS.has(nameOf(error))) return refused;
    if (BUSY.has(nameOf(error))) throw new Failure('too-many', 'request.too-many');
    throw error;
  }
};

const REFUSED = { outcome: 'refused' } as const;

const outcomeOf = ({
  AuthenticationResult,
  ChallengeName,
  Session = '',
}: Pick<AdminInitiateAuthCommandOutput, 'AuthenticationResult' | 'ChallengeName' | 'Session'>): SignInOutcome => {
  if (ChallengeName === 'SOFTWARE_TOKEN_MFA') return { outcome: 'totp', challenge: Session };
  if (ChallengeName === 'MFA_SETUP') return { outcome: 'enrol', challenge: Session };
  const { AccessToken, RefreshToken, ExpiresIn = 600 } = AuthenticationResult ?? {};
  return AccessToken && RefreshToken
    ? { outcome: 'tokens', accessToken: AccessToken, refreshToken: RefreshToken, expiresIn: ExpiresIn }
    : REFUSED;
};

interface Pool {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly secret: string;
}

/** Cognito, one pool a door. The access token of an `enrol`led-nowhere account is `session`'s to withhold: not every Cognito answers MFA_SETUP. */
export const cognitoAccounts = (doors: readonly Door[]): AccountsPort => {
  const pools = new Map<Door, Promise<Pool>>();
  const find = async (door: Door): Promise<Pool> => {
    const found = doors.includes(door) ? environment().PREAU_POOLS?.[door] : undefined;
    if (!found) throw new RangeError(`no grant on the accounts of ${door}`);
    const { poolId: UserPoolId, clientId: ClientId, clientSecret } = found;
    if (clientSecret !== undefined) return { UserPoolId, ClientId, secret: clientSecret };
    const { UserPoolClient } = await cognito().send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    if (!UserPoolClient?.ClientSecret) throw new Error(`the client of ${door} has no secret`);
    return { UserPoolId, ClientId, secret: UserPoolClient.ClientSecret };
  };
  const pool = (door: Door): Promise<Pool> => {
    const known = pools.get(door) ?? find(door);
    pools.set(door, known);
    known.catch(() => pools.delete(door));
    return known;
  };
  const hash = ({ ClientId, secret }: Pool, username: string): string =>
    createHmac('sha256', secret).update(`${username}${ClientId}`).digest('base64');
  const proofOf = (proof: { session: string } | { accessToken: string }) =>
    'session' in proof ? { Session: proof.session } : { AccessToken: proof.accessToken };
  const setPassword = async (door: Door, Username: string, Password: string): Promise<void> => {
    const { UserPoolId } = await pool(door);
    await cognito().send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  };
  const statusOf = async (door: Door, Username: string): Promise<string | undefined> => {
    const { UserPoolId } = await pool(door);
    const user = await orElse(cognito().send(new AdminGetUserCommand({ UserPoolId, Username })), undefined);
    return user && (user.UserStatus ?? 'UNKNOWN');
  };

  return {
    async create(door, Username, password) {
      const { UserPoolId } = await pool(door);
      try {
        await cognito().send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
      } catch (error) {
        if (nameOf(error) !== 'UsernameExistsException') throw error;
        // Created, but stopped before it had a password: the retry finishes it. Any other account is somebody's.
        if ((await statusOf(door, Username)) !== 'FORCE_CHANGE_PASSWORD') throw new Failure('conflict', 'request.conflict');
      }
      await setPassword(door, Username, password);
    },
    exists: async (door, username) => (await statusOf(door, username)) !== undefined,
    async signIn(door, username, password) {
      const own = await pool(door);
      const { UserPoolId, ClientId } = own;
      const answer = await orElse(
        cognito().send(
          new AdminInitiateAuthCommand({
            UserPoolId,
            ClientId,
            AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: hash(own, username) },
          }),
        ),
        undefined,
      );
      return answer ? outcomeOf(answer) : REFUSED;
    },
    async answerTotp(door, username, challenge, code) {
      const own = await pool(door);
      const { UserPoolId, ClientId } = own;
      const answer = await orElse(
        cognito().send(
          new AdminRespondToAuthChallengeCommand({
            UserPoolId,
            ClientId,
            ChallengeName: 'SOFTWARE_TOKEN_MFA',
            Session: challenge,
            ChallengeResponses: { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: code, SECRET_HASH: hash(own, username) },
          }),
        ),
        undefined,
      );
      return answer ? outcomeOf(answer) : REFUSED;
    },
    async refresh(door, username, refreshToken) {
      const own = await pool(door);
      const { UserPoolId, ClientId } = own;
      const answer = await orElse(
        cognito().send(
          new AdminInitiateAuthCommand({
            UserPoolId,
            ClientId,
            AuthFlow: 'REFRESH_TOKEN_AUTH',
            AuthParameters: { REFRESH_TOKEN: refreshToken, SECRET_HASH: hash(own, username) },
          }),
        ),
        undefined,
      );
      const { AccessToken, ExpiresIn = 600 } = answer?.AuthenticationResult ?? {};
      return AccessToken === undefined ? undefined : { accessToken: AccessToken, expiresIn: ExpiresIn };
    },
    async revoke(door, Token) {
      const { ClientId, secret } = await pool(door);
      await orElse(cognito().send(new RevokeTokenCommand({ ClientId, ClientSecret: secret, Token })), undefined);
    },
    async signOutEverywhere(door, Username) {
      const { UserPoolId } = await pool(door);
      await orElse(cognito().send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username })), undefined);
    },
    setPassword,
    async delete(door, Username) {
      const { UserPoolId } = await pool(door);
      await orElse(cognito().send(new AdminDeleteUserCommand({ UserPoolId, Username })), undefined);
    },
    async beginTotp(door, proof) {
      await pool(door);
      const begun = cognito().send(new AssociateSoftwareTokenCommand(proofOf(proof)));
      // What is no token at all breaks Cognito's pattern for one: the caller's mistake, not ours.
      const shaped = begun.catch((error) => (nameOf(error) === 'InvalidParameterException' ? undefined : Promise.reject(error)));
      const { SecretCode, Session } = (await orElse(shaped, undefined)) ?? {};
      if (SecretCode === undefined) throw new Failure('unauthenticated', 'request.unauthenticated');
      return { secret: SecretCode, ...(Session !== undefined && { session: Session }) };
    },
    async confirmTotp(door, proof, UserCode) {
      await pool(door);
      const answer = await orElse(cognito().send(new VerifySoftwareTokenCommand({ ...proofOf(proof), UserCode })), undefined);
      return answer?.Status === 'SUCCESS';
    },
    async completeEnrolment(door, username, session, UserCode) {
      const own = await pool(door);
      const { UserPoolId, ClientId } = own;
      const verified = await orElse(cognito().send(new VerifySoftwareTokenCommand({ Session: session, UserCode })), undefined);
      if (verified?.Status !== 'SUCCESS') return REFUSED;
      const answer = await orElse(
        cognito().send(
          new AdminRespondToAuthChallengeCommand({
            UserPoolId,
            ClientId,
            ChallengeName: 'MFA_SETUP',
            ...(verified.Session !== undefined && { Session: verified.Session }),
            ChallengeResponses: { USERNAME: username, SECRET_HASH: hash(own, username) },
          }),
        ),
        undefined,
      );
      return answer ? outcomeOf(answer) : REFUSED;
    },
    async requireTotp(door, Username) {
      const { UserPoolId } = await pool(door);
      await cognito().send(
        new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }),
      );
    },
  };
};
