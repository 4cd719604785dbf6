import { revokeTokens } from '../../shared/directory/questions.ts';
import { type Door, instant } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

/**
 * Ends every session of an account: refresh tokens at Cognito, access tokens at the next request, by the card.
 * Tokens say their second: one issued later in this very second is still good, so that a person who just chose a password stays in.
 */
export async function endSessions(
  door: Door,
  personId: string,
  { accounts, ask, clock }: Pick<ApiPorts, 'accounts' | 'ask' | 'clock'>,
): Promise<void> {
  const second = new Date(Math.floor(clock.system().getTime() / 1000) * 1000);
  await accounts.signOutEverywhere(door, personId);
  await ask(revokeTokens, { personId, notBefore: instant(second) });
}
