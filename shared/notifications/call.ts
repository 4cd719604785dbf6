import * as z from 'zod';
import { EpisodeId, Instant, LocalDate, PersonId, Uai } from '../kernel/index.ts';

export const CallId = z.string().regex(/^call_[0-9a-z-]{8,64}$/);
export type CallId = z.infer<typeof CallId>;

/** `no-answer` and `wrong-number` are noted and leave the line open: nobody was told yet. `letter`: the office put one in the post, the last step there is. */
export const CallOutcome = z.enum(['reached', 'message-left', 'no-answer', 'wrong-number', 'letter']);
export type CallOutcome = z.infer<typeof CallOutcome>;

/** One line of the call list: a pupil and one household; who to call is read from the rows that carry its id. */
export const Call = z.object({
  uai: Uai,
  date: LocalDate,
  callId: CallId,
  pupilId: PersonId,
  householdId: z.string().max(64),
  /** The episode that opened it last. */
  episodeId: EpisodeId,
  /** `spared`: the pupil was seen, or wrongly marked, before anyone called. */
  state: z.enum(['open', 'closed', 'spared']),
  openedAt: Instant,
  /** As long as it is open: the list of what is left of earlier days. */
  openSince: Instant.optional(),
  /** The last call made. */
  outcome: CallOutcome.optional(),
  calledBy: PersonId.optional(),
  calledAt: Instant.optional(),
  /** Who picked up. */
  reachedId: PersonId.optional(),
  tries: z.int().default(0),
  expiresAt: z.int(),
});
export type Call = z.infer<typeof Call>;

export const closes = (outcome: CallOutcome): boolean => outcome === 'reached' || outcome === 'message-left' || outcome === 'letter';
