import * as z from 'zod';
import { Instant, LessonId, PersonId } from '../kernel/index.ts';
import { ReasonId } from './reason.ts';

export const TreatmentId = z.string().regex(/^t_[0-9a-z-]{8,64}$/);

/**
 * What school life says of missed or late lessons. It holds for these lessons, and for those missed afterwards in the same
 * absence only if it says so. What the reason’s flags were is kept, so that a list edited later moves nothing.
 */
export const Treatment = z.object({
  treatmentId: TreatmentId,
  lessonIds: z.array(LessonId).min(1).max(40),
  /** Holds until the pupil is seen again: an illness does, a doctor’s appointment does not. */
  untilSeen: z.boolean(),
  /** Absent while only settled or remarked upon. */
  reasonId: ReasonId.optional(),
  /** « Recevable ». */
  justified: z.boolean(),
  /** « Réglé »: nothing is left to be done. */
  settled: z.boolean(),
  /** Away from the school’s responsibility: otherwise it counts for nothing. */
  outsideSchool: z.boolean(),
  onReport: z.boolean(),
  /** For school life alone. */
  remark: z.string().max(300).optional(),
  by: PersonId,
  at: Instant,
});
export type Treatment = z.infer<typeof Treatment>;

/** Takes one back: what stood before it stands again. An entry more, like every change. */
export const Undoing = z.object({ treatmentId: TreatmentId, undoes: TreatmentId, by: PersonId, at: Instant });

export type Undoing = z.infer<typeof Undoing>;

export const TreatmentEntry = z.union([Treatment, Undoing]);
export type TreatmentEntry = z.infer<typeof TreatmentEntry>;

export const isTreatment = (entry: TreatmentEntry): entry is Treatment => 'lessonIds' in entry;

/** Those that were not taken back, in order. */
export const standingTreatments = (entries: readonly TreatmentEntry[]): Treatment[] => {
  const undone = new Set(entries.flatMap((entry) => (isTreatment(entry) ? [] : [entry.undoes])));
  return entries.filter(isTreatment).filter(({ treatmentId }) => !undone.has(treatmentId));
};

/**
 * The treatment that stands for each lesson: the last that was not taken back. One that holds until the pupil is seen stands for the
 * later lessons of the same run, as long as nothing else was said of them.
 */
export const treatmentOfLessons = (
  entries: readonly TreatmentEntry[],
  runs: readonly { readonly lessons: readonly { readonly lessonId: LessonId }[] }[],
): Map<LessonId, Treatment> => {
  const found = new Map(
    standingTreatments(entries).flatMap((treatment) => treatment.lessonIds.map((lessonId) => [lessonId, treatment] as const)),
  );
  for (const { lessons } of runs) {
    let held: Treatment | undefined;
    for (const { lessonId } of lessons) {
      const own = found.get(lessonId);
      if (own) held = own.untilSeen ? own : undefined;
      else if (held) found.set(lessonId, held);
    }
  }
  return found;
};
