import * as z from 'zod';
import { DeliveryId, EpisodeId, Instant, LocalDate, PersonId, Uai } from '../kernel/index.ts';

/**
 * `absence`: not seen in class; `arrived`: seen since; `wrongly-marked`: our mistake, the pupil was there; `not-held`: the lesson did not
 * take place; `not-absent`: the school knew that the pupil was elsewhere. All but the first go only to those told of the first.
 */
export const DeliveryKind = z.enum(['absence', 'arrived', 'wrongly-marked', 'not-held', 'not-absent']);
export type DeliveryKind = z.infer<typeof DeliveryKind>;

/**
 * `phone` is never sent: the row is born on the call list. `letter` is what the office put in the post. `portal` is a row only for who can be
 * reached by no other message: everybody else’s item comes with the first one sent.
 */
export const Channel = z.enum(['portal', 'push', 'email', 'sms', 'phone', 'letter']);
export type Channel = z.infer<typeof Channel>;

export const DELIVERY_STATES = [
  'pending',
  'held',
  'claimed',
  'ambiguous',
  'accepted',
  'delivered',
  'bounced',
  'complained',
  'cancelled',
  'unreachable',
] as const;
export const DeliveryState = z.enum(DELIVERY_STATES);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** Why a row was cancelled: never sent, and nobody is to be called. `read`: the notification was opened before the mail was due. */
export const CancelReason = z.enum(['put-right', 'not-entitled', 'announced', 'known', 'not-told', 'read']);
export type CancelReason = z.infer<typeof CancelReason>;

/** Why a human has to call instead. `uncertain`: sent twice without an answer; `told-otherwise`: told of an absence, then of a mistake, and absent after all. */
export const CallReason = z.enum(['no-address', 'bounced', 'complaint', 'refused', 'uncertain', 'told-otherwise', 'nobody-to-tell']);
export type CallReason = z.infer<typeof CallReason>;

/** Why a notification reached nobody: the mail beside it goes at once. */
export const PushReason = z.enum(['no-browser']);
export type PushReason = z.infer<typeof PushReason>;

/**
 * One row of the ledger: one message of one kind, about one episode, to one person, by one channel.
 * `dueAt`, `heldUntil` and `sentAt` are civil; `leaseUntil` and `wakeAt` are system instants.
 */
export const Delivery = z.object({
  uai: Uai,
  date: LocalDate,
  deliveryId: DeliveryId,
  pupilId: PersonId,
  episodeId: EpisodeId,
  /** Who is told: a guardian, or the pupil who is of age. */
  guardianId: PersonId,
  /** Whom one call would reach as well. */
  householdId: z.string().max(64),
  kind: DeliveryKind,
  channel: Channel,
  state: DeliveryState,
  dueAt: Instant,
  /** A hold ends by itself, so that a forgotten one loses nothing. */
  heldUntil: Instant.optional(),
  /** Hash of the address: two rows with the same one are settled by one mail. */
  addressKey: z.string().optional(),
  /** The claim that alone may send and record: a worker whose lease ran out holds another one. */
  fence: z.string().optional(),
  leaseUntil: Instant.optional(),
  /** When reconciliation has to look at the row; absent once it is settled. */
  wakeAt: Instant.optional(),
  /** Refusals that ask to come back later, for the backoff. */
  attempts: z.int().default(0),
  /** Why the gateway did not take it when it was tried last: the rate, the quota of the day, or something about our account. */
  putOff: z.enum(['soon', 'quota', 'later']).optional(),
  /** Its claim ran out once and it was sent again: the family may have two mails. */
  resent: z.boolean().default(false),
  /** Told, or to be told, later than it was due though nobody at the school had asked to wait. */
  late: z.boolean().default(false),
  messageId: z.string().max(128).optional(),
  sentAt: Instant.optional(),
  reason: z.union([CancelReason, CallReason, PushReason]).optional(),
  /** What takes over should the message come back, before a human does. */
  fallback: z.enum(['sms']).optional(),
  /** A bounce that will not heal; a passing one gives way to a delivery. */
  permanent: z.boolean().optional(),
  /** The call-list line that took over. */
  callId: z.string().optional(),
  expiresAt: z.int(),
});
export type Delivery = z.infer<typeof Delivery>;

/** Valid prior states of every transition: what the database checks, and the only place they are written. */
export const FROM = {
  hold: ['pending'],
  release: ['held'],
  hasten: ['pending', 'held'],
  claim: ['pending'],
  /** Nothing was sent: a refusal that passes, or an address that moved. */
  giveBack: ['claimed'],
  /** By the holder of the claim, after SES took it. */
  accept: ['claimed', 'ambiguous'],
  cancel: ['pending', 'held'],
  /** By the holder of the claim, before sending. */
  cancelClaimed: ['claimed'],
  /** A cancelled row was not sent: it may be wanted again. */
  revive: ['cancelled'],
  /** The person opened the notification. */
  read: ['claimed', 'ambiguous', 'accepted'],
  doubt: ['claimed'],
  resend: ['ambiguous'],
  /** To the call list, unsent: no address any more, refused by SES, or sent twice without a sign. */
  abandon: ['claimed', 'ambiguous'],
  /** What SES says may come before our own commit, and after the row was given up; a graver word stands. */
  deliver: ['claimed', 'ambiguous', 'pending', 'held', 'accepted', 'cancelled', 'unreachable'],
  /** A passing bounce may be the mailbox's absence message: a delivery says more. */
  deliverAfterBounce: ['bounced'],
  /** A passing bounce that turns out to be a lasting one. */
  bounceAfterPassing: ['bounced'],
  bouncePassing: ['claimed', 'ambiguous', 'pending', 'held', 'accepted', 'cancelled', 'unreachable'],
  bounce: ['claimed', 'ambiguous', 'pending', 'held', 'accepted', 'cancelled', 'unreachable', 'delivered'],
  complain: ['claimed', 'ambiguous', 'pending', 'held', 'accepted', 'cancelled', 'unreachable', 'delivered', 'bounced'],
} as const satisfies Record<string, readonly DeliveryState[]>;
export type Transition = keyof typeof FROM;

/** The condition of a transition: the states it may start from, and for whoever sends, that the claim is still theirs. */
export const when = (transition: Transition, fence?: string) => ({
  in: { state: FROM[transition] },
  ...(fence !== undefined && { is: { fence } }),
  ...((transition === 'deliverAfterBounce' || transition === 'bounceAfterPassing') && { is: { permanent: false } }),
});

/** A check by school life keeps a family waiting as long at most: a message that nobody looks at goes by itself. */
export const HOLD_MINUTES = 30;

/** Later than this after its time, a family was told late: what the alarm of the queue counts too. */
export const LATE_AFTER_MS = 10 * 60_000;

/** Both civil. `resumedAt`: while a school is paused no message is late. */
export const isLate = ({ dueAt }: Pick<Delivery, 'dueAt'>, now: Date, resumedAt: Instant = dueAt): boolean =>
  now.getTime() - Math.max(Date.parse(dueAt), Date.parse(resumedAt)) > LATE_AFTER_MS;

/** Still to be sent: what a correction or a suspension stops. */
export const isUnsent = ({ state }: Pick<Delivery, 'state'>): boolean => state === 'pending' || state === 'held';

/** SES took it and did not give it back. */
export const wasAccepted = ({ state }: Pick<Delivery, 'state'>): boolean => state === 'accepted' || state === 'delivered';

/** The family has the mail, or may have it: what follows concerns them. After a passing bounce it often arrives all the same. */
export const mayHaveBeenTold = ({
  state,
  resent,
  permanent,
  reason,
}: Pick<Delivery, 'state' | 'resent' | 'permanent' | 'reason'>): boolean =>
  wasAccepted({ state }) ||
  state === 'claimed' ||
  state === 'ambiguous' ||
  (state === 'bounced' ? permanent === false : resent) ||
  reason === 'uncertain';

/** Nobody read it: the person is on the call list. */
export const needsCall = ({ state }: Pick<Delivery, 'state'>): boolean =>
  state === 'unreachable' || state === 'bounced' || state === 'complained';
