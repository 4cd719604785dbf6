import { Duration } from 'aws-cdk-lib';
import { AccountRecovery, FeaturePlan, Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { Door } from '../../shared/kernel/index.ts';
import type { Stage } from '../stages.ts';

interface Policy {
  readonly mfa: Mfa;
  /** Characters: length protects, composition rules only annoy (ANSSI, NIST SP 800-63B). */
  readonly minLength: number;
  /** Lite rotates no refresh token, so where most can be done a session ends with the day. */
  readonly session: Duration;
}

const POLICIES: Record<Door, Policy> = {
  pupil: { mfa: Mfa.OFF, minLength: 10, session: Duration.days(30) },
  guardian: { mfa: Mfa.OFF, minLength: 12, session: Duration.days(30) },
  teacher: { mfa: Mfa.OPTIONAL, minLength: 12, session: Duration.days(30) },
  staff: { mfa: Mfa.REQUIRED, minLength: 12, session: Duration.hours(12) },
  authority: { mfa: Mfa.REQUIRED, minLength: 12, session: Duration.hours(12) },
};

/** A door: its pool, and the one client, `session`'s, through which alone it can be passed. */
export function housePool(scope: Construct, stage: Stage, door: Door): { pool: UserPool; client: UserPoolClient } {
  const { mfa, minLength, session } = POLICIES[door];
  const pool = new UserPool(scope, `Pool-${door}`, {
    userPoolName: `preau-${stage.name}-${door}`,
    featurePlan: FeaturePlan.LITE,
    mfa,
    ...(mfa === Mfa.OFF ? {} : { mfaSecondFactor: { sms: false, otp: true } }),
    selfSignUpEnabled: false,
    signInAliases: { username: true },
    signInCaseSensitive: true,
    // Our own mail resets passwords: the pool knows no address.
    accountRecovery: AccountRecovery.NONE,
    passwordPolicy: {
      minLength,
      requireDigits: false,
      requireLowercase: false,
      requireSymbols: false,
      requireUppercase: false,
      tempPasswordValidity: Duration.days(1),
    },
    deletionProtection: stage.protected,
    removalPolicy: stage.removal,
  });
  const client = pool.addClient('session', {
    userPoolClientName: 'session',
    generateSecret: true,
    authFlows: { adminUserPassword: true },
    disableOAuth: true,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.minutes(10),
    idTokenValidity: Duration.minutes(10),
    refreshTokenValidity: session,
  });
  return { pool, client };
}
