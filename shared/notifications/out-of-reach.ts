import * as z from 'zod';
import { Instant, PersonId, Uai } from '../kernel/index.ts';
import type { Delivery } from './delivery.ts';
import { addressOf, type ChannelSettings } from './ladder.ts';
import type { Recipient } from './recipient.ts';

/** Why messages do not come through, and will not until somebody does something about it. */
export const OutOfReachReason = z.enum(['bounced', 'complaint', 'refused', 'no-address']);
export type OutOfReachReason = z.infer<typeof OutOfReachReason>;

/** What a person's last message came to, when it reached them by no channel: a lasting state of the person, not of one absence. */
export const OutOfReach = z.object({
  uai: Uai,
  guardianId: PersonId,
  /** The pupil it was about. */
  pupilId: PersonId,
  reason: OutOfReachReason,
  /** Hash of the address that was tried: another address is another beginning. */
  addressKey: z.string().optional(),
  /** The mailbox said that it will never take one. */
  lasting: z.boolean(),
  /** Messages in a row. */
  times: z.int(),
  since: Instant,
  expiresAt: z.int(),
});
export type OutOfReach = z.infer<typeof OutOfReach>;

/** A full mailbox, a server that is down: once says nothing yet. */
const PASSING_TIMES = 2;

type Failed = Pick<Delivery, 'uai' | 'guardianId' | 'pupilId' | 'addressKey' | 'expiresAt'> & { readonly reason?: unknown };

/** The state after one more message that reached nobody; undefined when its reason says nothing of the person's address. */
export const afterFailure = (
  { uai, guardianId, pupilId, addressKey, expiresAt, reason }: Failed,
  known: OutOfReach | undefined,
  { lasting, at }: { readonly lasting: boolean; readonly at: Instant },
): OutOfReach | undefined => {
  const why = OutOfReachReason.safeParse(reason);
  if (!why.success) return undefined;
  const same = known !== undefined && known.addressKey === addressKey ? known : undefined;
  return {
    ...{ uai, guardianId, pupilId, expiresAt },
    // A complaint is not made better by what follows it.
    reason: same?.reason === 'complaint' ? same.reason : why.data,
    ...(addressKey !== undefined && { addressKey }),
    lasting: lasting || (same?.lasting ?? false),
    times: (same?.times ?? 0) + 1,
    since: same?.since ?? at,
  };
};

/** Whether somebody is to be done something about now: their address is still the one that failed, and nothing stands in for it. */
export const isOutOfReach = (
  known: OutOfReach | undefined,
  person: Recipient,
  settings: ChannelSettings,
  keyOf: (address: string) => string,
): boolean => {
  if (addressOf('sms', person, settings) !== undefined) return false;
  if (person.email === undefined) return true;
  if (known === undefined || known.addressKey !== keyOf(person.email)) return false;
  return known.lasting || known.times >= PASSING_TIMES;
};
