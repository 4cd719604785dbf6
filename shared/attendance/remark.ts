import * as z from 'zod';
import { Instant, LessonId, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';

export const RemarkKindId = z.string().regex(/^k_[0-9a-z-]{3,64}$/);
export type RemarkKindId = z.infer<typeof RemarkKindId>;

/** What a teacher may note of a pupil in a lesson by one touch, in a school’s own words. */
export const RemarkKind = z.object({
  kindId: RemarkKindId,
  label: z.string().trim().min(1).max(40),
  /** The pupil and the guardians read it behind sign-in; otherwise school life alone does. */
  visible: z.boolean(),
});
export type RemarkKind = z.infer<typeof RemarkKind>;

/** More would not be one touch any more. */
export const MAX_REMARK_KINDS = 16;

/** A school’s own list; until it sets one, `DEFAULT_REMARK_KINDS`. */
export const RemarkKinds = z.object({
  uai: Uai,
  rev: z.int().min(1),
  kinds: z.array(RemarkKind).min(1).max(MAX_REMARK_KINDS),
  changedBy: PersonId,
});

/** The commonest first. What is delicate is read by school life first: it says to the family what there is to say. */
export const DEFAULT_REMARK_KINDS: readonly RemarkKind[] = [
  { kindId: 'k_equipment', label: 'Oubli de matériel', visible: true },
  { kindId: 'k_homework', label: 'Travail non fait', visible: true },
  { kindId: 'k_encouragement', label: 'Encouragement', visible: true },
  { kindId: 'k_involved', label: 'Bonne participation', visible: true },
  { kindId: 'k_incident', label: 'Incident', visible: false },
  { kindId: 'k_behaviour', label: 'Comportement à suivre', visible: false },
];

export const RemarkId = z.string().regex(/^o_[0-9a-z-]{8,64}$/);

/**
 * What a teacher noted of a pupil in a lesson. It keeps the words its kind had and who may read it: an edited list moves no past
 * remark. It says nothing of presence.
 */
export const Remark = z.object({
  uai: Uai,
  date: LocalDate,
  lessonId: LessonId,
  remarkId: RemarkId,
  pupilId: PersonId,
  startMinute: MinuteOfDay,
  subject: z.string(),
  ...RemarkKind.shape,
  text: z.string().max(200).optional(),
  by: PersonId,
  at: Instant,
  /** 2 once taken back. */
  revision: z.int().min(1),
  undone: z.object({ by: PersonId, at: Instant }).optional(),
});
export type Remark = z.infer<typeof Remark>;
