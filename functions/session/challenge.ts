import * as z from 'zod';
import { Failure, type SecretPort } from '../../shared/kernel/index.ts';
import { seal, unseal } from './seal.ts';

/** What waits for the second step. It lives in the browser, sealed: nothing is stored for a sign-in that is never finished. */
const Challenge = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp'), door: z.string(), personId: z.string(), login: z.string(), session: z.string(), until: z.number() }),
  z.object({
    kind: z.literal('enrol'),
    door: z.string(),
    personId: z.string(),
    login: z.string(),
    secret: z.string(),
    /** Cognito's session; or, where it handed tokens to someone not enrolled, those tokens, withheld until they are. */
    proof: z.union([
      z.object({ session: z.string() }),
      z.object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.number() }),
    ]),
    until: z.number(),
  }),
]);
export type Challenge = z.infer<typeof Challenge>;

/** Milliseconds a second step may take; Cognito's own session ends at the same time. */
export const CHALLENGE_LIFE = 10 * 60_000;

export const sealChallenge = async (challenge: Challenge, secret: SecretPort): Promise<string> => seal(challenge, await secret.keys());

export async function openChallenge<K extends Challenge['kind']>(
  text: string,
  kind: K,
  door: string,
  now: Date,
  secret: SecretPort,
): Promise<Extract<Challenge, { kind: K }>> {
  const opened = Challenge.safeParse(unseal(text, await secret.keys()));
  if (!opened.success || opened.data.kind !== kind || opened.data.door !== door || opened.data.until < now.getTime())
    throw new Failure('unauthenticated', 'session.challenge-expired');
  return opened.data as Extract<Challenge, { kind: K }>;
}
