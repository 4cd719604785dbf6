import * as z from 'zod';
import { Instant, LessonId, MinuteOfDay, PersonId } from '../kernel/index.ts';
import { Mark } from './episode.ts';

export const StayId = z.string().regex(/^y_[0-9a-z-]{8,64}$/);

/** Where a pupil is kept; all of it is the school. */
export const StayPlace = Mark.shape.place.unwrap().extract(['infirmary', 'office', 'library', 'study']);
export type StayPlace = z.infer<typeof StayPlace>;

/** How a stay came to its end: back to class, or handed over to the family. */
export const StayEnd = z.object({
  minute: MinuteOfDay,
  to: z.enum(['class', 'family']),
  /** The exit that was noted with it. */
  movementId: z.string().optional(),
  by: PersonId,
  at: Instant,
  /** It was not so: the pupil is still there. */
  undone: z.object({ by: PersonId, at: Instant }).optional(),
});

/**
 * A pupil who left class for the infirmary, or was sent out of it to school life: where, since when, and how it ended. It is under the
 * school’s responsibility, so no lesson in it is missed. No state of health is ever written.
 */
export const Stay = z.object({
  stayId: StayId,
  place: StayPlace,
  fromMinute: MinuteOfDay,
  /** Sent out of the lesson. For school life alone, and so are the words. */
  excluded: z.literal(true).optional(),
  text: z.string().max(300).optional(),
  /** The lesson they left. */
  lesson: z.object({ lessonId: LessonId, subject: z.string() }).optional(),
  by: PersonId,
  byDoor: z.enum(['staff', 'teacher']),
  at: Instant,
  /** The last that is not undone stands. */
  ends: z.array(StayEnd),
  /** They never went there. */
  undone: z.object({ by: PersonId, at: Instant }).optional(),
});
export type Stay = z.infer<typeof Stay>;

export const endOf = ({ ends }: Pick<Stay, 'ends'>) => ends.findLast(({ undone }) => !undone);
