import { type Door, Reply, type SignInOutcome } from '../../shared/kernel/index.ts';
import type { SignedIn, SignInStep } from '../../shared/session/credential.ts';
import { refused } from './attempts.ts';
import { currentCode, enrolmentOf } from './authenticator.ts';
import { CHALLENGE_LIFE, sealChallenge } from './challenge.ts';
import { keepRefresh } from './cookies.ts';
import type { ApiPorts } from './manifest.ts';

export interface Who {
  readonly door: Door;
  readonly personId: string;
  readonly login: string;
}

type Tokens = Extract<SignInOutcome, { outcome: 'tokens' }>;

/** Doors behind which a second step is not a choice. */
export const requiresTotp = (door: Door): boolean => door === 'staff' || door === 'authority';

export const signedIn = (
  { door, personId }: Who,
  tokens: Tokens,
  extra: { recoveryCodes?: string[]; cookies?: string[] } = {},
): Reply<SignedIn> =>
  new Reply<SignedIn>(
    {
      step: 'signed-in',
      door,
      personId,
      accessToken: tokens.accessToken,
      expiresIn: tokens.expiresIn,
      ...(extra.recoveryCodes && { recoveryCodes: extra.recoveryCodes }),
    },
    { cookies: [keepRefresh(door, personId, tokens.refreshToken), ...(extra.cookies ?? [])] },
  );

/** The next step after a right password: tokens, the authenticator's code (given here on a trusted device), or its enrolment. */
export async function afterPassword(who: Who, outcome: SignInOutcome, trusted: boolean, ports: ApiPorts): Promise<Reply<SignInStep>> {
  const { accounts, session, devicesSecret, clock } = ports;
  const { door, personId, login } = who;
  const until = clock.system().getTime() + CHALLENGE_LIFE;
  if (outcome.outcome === 'refused') throw refused();

  if (outcome.outcome === 'totp') {
    const code = trusted ? await currentCode(personId, ports) : undefined;
    const answered = code === undefined ? undefined : await accounts.answerTotp(door, personId, outcome.challenge, code);
    if (answered?.outcome === 'tokens') return signedIn(who, answered);
    // A code serves once in its half minute: a second sign-in within it asks the person, with a fresh challenge.
    return new Reply<SignInStep>({
      step: 'totp',
      challenge: await sealChallenge({ kind: 'totp', door, personId, login, session: outcome.challenge, until }, devicesSecret),
    });
  }

  const enrolled = outcome.outcome === 'tokens' && requiresTotp(door) && (await session.get('authenticator', { personId })) !== undefined;
  if (outcome.outcome === 'tokens' && (!requiresTotp(door) || enrolled)) return signedIn(who, outcome);

  const begun = await accounts.beginTotp(
    door,
    outcome.outcome === 'enrol' ? { session: outcome.challenge } : { accessToken: outcome.accessToken },
  );
  const proof =
    outcome.outcome === 'enrol'
      ? { session: begun.session ?? outcome.challenge }
      : { accessToken: outcome.accessToken, refreshToken: outcome.refreshToken, expiresIn: outcome.expiresIn };
  return new Reply<SignInStep>({
    step: 'enrol',
    challenge: await sealChallenge({ kind: 'enrol', door, personId, login, secret: begun.secret, proof, until }, devicesSecret),
    ...enrolmentOf(begun.secret, login),
  });
}
