import type { AccessCard } from '../../shared/kernel/access-card.ts';
import { Failure, missing } from '../../shared/kernel/failure.ts';
import { belongsTo, type Relation, type RelationParams } from '../../shared/kernel/rights.ts';
import type { Caller } from '../../shared/kernel/route.ts';
import type { ReadCard } from './card.ts';

const unauthenticated = (): Failure => new Failure('unauthenticated', 'request.unauthenticated');

/**
 * Who a verified access token names, if their card still lets them in. API Gateway has checked the signature, pool, expiry
 * and scope; the card says what has changed since the token was issued.
 */
export const callerOf = async (
  door: string,
  claims: Readonly<Record<string, unknown>> | undefined,
  readCard: ReadCard,
): Promise<Caller> => {
  const { username, iat, token_use: use } = claims ?? {};
  const issued = Number(iat) * 1000;
  if (typeof username !== 'string' || use !== 'access' || !(issued > 0)) throw unauthenticated();
  const card = await readCard(username);
  if (!card || card.door !== door || card.frozen) throw unauthenticated();
  if (card.tokensNotBefore !== undefined && issued < Date.parse(card.tokensNotBefore)) throw unauthenticated();
  return { personId: username, door: card.door, card, issuedAt: new Date(issued).toISOString() };
};

/**
 * Lets pass or throws. A relation about the school alone that fails for one of its members is a matter of duties: they know
 * the school is there, and are told that this is not theirs to do (403). Every other failure is an object that,
 * for this caller, does not exist (404).
 */
export const authorise = (relation: Relation, card: AccessCard, params: RelationParams, today: string): void => {
  if (relation.holds(card, params, today)) return;
  const aboutTheSchool = relation.needs.length > 0 && relation.needs.every((need) => need === 'uai');
  if (aboutTheSchool && belongsTo.holds(card, params, today)) throw new Failure('forbidden', 'request.forbidden');
  throw missing();
};
