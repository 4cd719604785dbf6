import * as z from 'zod';
import { AbsenceId, EpisodeId, Instant, LessonId, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';

/** What a teacher saw of one pupil in one lesson. `elsewhere` is under the school’s responsibility. */
export const MarkState = z.enum(['present', 'absent', 'late', 'excused', 'exempt', 'elsewhere']);
export type MarkState = z.infer<typeof MarkState>;

export const Mark = z.object({
  pupilId: PersonId,
  state: MarkState,
  /** Minutes late, for `late`. */
  minutes: z.int().min(1).max(600).optional(),
  /** Where, for `elsewhere`. */
  place: z.enum(['infirmary', 'library', 'study', 'office', 'outing', 'placement', 'other']).optional(),
  /** Of `absent`: said by someone who was shown that the pupil is expected elsewhere. */
  despite: z.literal(true).optional(),
});
export type Mark = z.infer<typeof Mark>;

/** A run of missed lessons: consecutive ones extend it, an arrival closes it, a correction revises it. */
export const Absence = z.object({
  absenceId: AbsenceId,
  state: z.enum(['open', 'closed', 'cancelled']),
  lessons: z.array(z.object({ lessonId: LessonId, startMinute: MinuteOfDay, endMinute: MinuteOfDay, subject: z.string() })),
  fromMinute: MinuteOfDay,
  untilMinute: MinuteOfDay,
});
export type Absence = z.infer<typeof Absence>;

/**
 * What a family is told about once: it starts with the first lesson recorded absent and ends when the pupil is seen
 * or the school day ends.
 */
export const Episode = z.object({
  uai: Uai,
  date: LocalDate,
  pupilId: PersonId,
  episodeId: EpisodeId,
  /**
   * `silent`: known, justified or to be checked, nobody is told; `cancelled`: wrongly marked; `not-held`: none of its lessons
   * took place; `not-absent`: elsewhere with the school’s knowledge, or exempted; `arrived`: seen since.
   */
  state: z.enum(['open', 'silent', 'arrived', 'cancelled', 'not-held', 'not-absent', 'ended']),
  startMinute: MinuteOfDay,
  endMinute: MinuteOfDay,
  subject: z.string(),
  /** When the first absent mark was saved (civil). */
  savedAt: Instant,
  /** When families are told: saved + grace, never before lesson start + 15 min (civil). */
  dueAt: Instant,
  /** Minute of arrival, once `arrived`. */
  seenMinute: MinuteOfDay.optional(),
  /** Seen earlier the same day: the top of the queue. */
  seenBefore: z.boolean().default(false),
  /** School life is asked before anybody is told: `check` by the school’s mode, `late` since it was saved long after its lesson. */
  asks: z.enum(['check', 'late']).optional(),
  /** The guardian who announced it is not told again. */
  announcedBy: PersonId.optional(),
  revision: z.int(),
});
export type Episode = z.infer<typeof Episode>;

/** There was no absence after all. It stays so: a pupil who is missing after this is a new episode. */
export const isTakenBack = ({ state }: Pick<Episode, 'state'>): boolean =>
  state === 'cancelled' || state === 'not-held' || state === 'not-absent';
