import * as z from 'zod';
import { EpisodeId, Instant, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';

/**
 * Whether families are told of an absence whose roll call came in long after its lesson: school life’s to say. `open` stays on the list of
 * the school until somebody does; `void`: put right, announced or recorded in time meanwhile, there is nothing left to decide.
 */
export const Decision = z.object({
  uai: Uai,
  date: LocalDate,
  episodeKey: z.string(),
  pupilId: PersonId,
  episodeId: EpisodeId,
  state: z.enum(['open', 'sent', 'kept', 'void']),
  startMinute: MinuteOfDay,
  /** When the roll call came in (civil). */
  savedAt: Instant,
  /** The same, as long as it is open: what the school’s list is ordered by. */
  openSince: Instant.optional(),
  decidedBy: PersonId.optional(),
  decidedAt: Instant.optional(),
  expiresAt: z.int(),
});
export type Decision = z.infer<typeof Decision>;

/** What school life said, and who. */
export interface Decided {
  readonly state: 'sent' | 'kept';
  readonly by: string;
}
