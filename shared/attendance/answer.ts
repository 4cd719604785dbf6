import * as z from 'zod';
import { EpisodeId, Instant, LocalDate, PersonId, Uai } from '../kernel/index.ts';

/** What a guardian says happened. `unknown` is « Je ne savais pas »: it raises to school life. Whether it is admissible, only school life says. */
export const AnswerReason = z.enum(['illness', 'family', 'transport', 'appointment', 'travel', 'other', 'unknown']);
export type AnswerReason = z.infer<typeof AnswerReason>;

export const AnswerId = z.string().regex(/^w_[0-9a-z-]{8,64}$/);

/** A guardian’s word about an episode. Answers follow one another, none replaces another. */
export const Answer = z.object({
  answerId: AnswerId,
  episodeId: EpisodeId,
  /** Or the pupil, from 18. */
  guardianId: PersonId,
  /** The name they had when they answered. */
  guardian: z.object({ familyName: z.string(), givenName: z.string(), civility: z.string().optional() }).optional(),
  reason: AnswerReason,
  /** From the mail’s signed link, or signed in at home. */
  via: z.enum(['link', 'home']),
  at: Instant,
  /** A proof: `awaited` once its upload was offered, `received` once the bucket was found to have it. */
  proof: z.enum(['awaited', 'received']).optional(),
});
export type Answer = z.infer<typeof Answer>;

/** What the signed link of an absence mail says; the purpose it is signed for is `ANSWER_LINK`. */
export const AnswerLink = z.strictObject({ uai: Uai, date: LocalDate, pupilId: PersonId, episodeId: EpisodeId, guardianId: PersonId });
export type AnswerLink = z.infer<typeof AnswerLink>;
export const ANSWER_LINK = 'attendance.answer';

/** Days a mail’s link stays open. */
export const ANSWER_LINK_DAYS = 7;
