import * as z from 'zod';
import { Instant, LessonId, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';
import { Answer } from './answer.ts';
import { Absence, Episode, Mark, MarkState } from './episode.ts';

/** What one save said of a pupil in a lesson. The last one for a lesson stands; none is ever overwritten. */
export const Observation = z.object({
  lessonId: LessonId,
  startMinute: MinuteOfDay,
  endMinute: MinuteOfDay,
  subject: z.string(),
  /** `withdrawn`: the pupil is not in this lesson after all. */
  state: z.enum([...MarkState.options, 'withdrawn']),
  minutes: Mark.shape.minutes,
  place: Mark.shape.place,
  by: PersonId,
  at: Instant,
});
export type Observation = z.infer<typeof Observation>;

export const MovementId = z.string().regex(/^m_[0-9a-z-]{8,64}$/);

/** What school life’s desk noted, or a guardian announced. */
export const Movement = z.object({
  movementId: MovementId,
  kind: z.enum(['arrived', 'left', 'announced']),
  /** Of arrival or exit; from when, for an announced absence. */
  minute: MinuteOfDay,
  /** Until when an announced absence lasts, not included; the whole day when absent. */
  until: MinuteOfDay.optional(),
  /** The guardian who announced it, who is not told again. */
  announcedBy: PersonId.optional(),
  /** For school life alone. */
  reason: Answer.shape.reason.optional(),
  by: PersonId,
  byDoor: z.enum(['staff', 'guardian']),
  at: Instant,
  undone: z.object({ by: PersonId, at: Instant }).optional(),
});
export type Movement = z.infer<typeof Movement>;

const ofDay = { uai: true, date: true, pupilId: true } as const;

export const EpisodeOfDay = Episode.omit(ofDay).extend({
  /** The missed lessons it is made of: how a correction finds it again. */
  lessonIds: z.array(LessonId),
});
export type EpisodeOfDay = z.infer<typeof EpisodeOfDay>;

/** One pupil’s day at one school: it exists as soon as there is anything but plain presence. */
export const PupilDay = z.object({
  uai: Uai,
  date: LocalDate,
  pupilId: PersonId,
  classLabel: z.string().max(40).optional(),
  revision: z.int().min(0),
  observations: z.array(Observation),
  movements: z.array(Movement),
  answers: z.array(Answer),
  absences: z.array(Absence),
  episodes: z.array(EpisodeOfDay),
  /** Lessons in which the pupil was marked absent but seen elsewhere in the slot: « à vérifier ». */
  toCheck: z.array(LessonId),
});
export type PupilDay = z.infer<typeof PupilDay>;
