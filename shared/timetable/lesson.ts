import * as z from 'zod';
import { GroupId, LessonId, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';

export const Subject = z.object({ code: z.string().max(40), label: z.string().max(120) });

/**
 * An école has no timetable: each class has two roll calls an open half-day, one when it begins and one later on. They are courses like
 * any other, whose subject is the half-day, so that all that follows a lesson follows them.
 */
export const HALF_DAY_CALLS = {
  morning: { label: 'Matin', codes: ['half-day-morning', 'half-day-morning-2'] },
  afternoon: { label: 'Après-midi', codes: ['half-day-afternoon', 'half-day-afternoon-2'] },
} as const;

const CODES: ReadonlySet<string> = new Set(Object.values(HALF_DAY_CALLS).flatMap(({ codes }) => codes));
const LABELS: ReadonlySet<string> = new Set(Object.values(HALF_DAY_CALLS).map(({ label }) => label));

/** A half-day instead of a subject. */
export const isHalfDayCall = ({ code }: z.infer<typeof Subject>): boolean => CODES.has(code);

/** The same where only the words were kept: what is said of the lesson is then its time alone. */
export const isHalfDay = (label: string): boolean => LABELS.has(label);

/** One lesson on one day. */
export const Lesson = z.object({
  uai: Uai,
  lessonId: LessonId,
  date: LocalDate,
  startMinute: MinuteOfDay,
  endMinute: MinuteOfDay,
  subject: Subject,
  teacherIds: z.array(PersonId),
  groupIds: z.array(GroupId),
  groupLabels: z.array(z.string()),
  rooms: z.array(z.string()),
  /** Opened by hand: a replacement, a moved lesson, a study room. */
  unscheduled: z.boolean().default(false),
  /** « N’a pas eu lieu »: set on the lesson, or on its class’s or teacher’s day. */
  notHeld: z.object({ reason: z.enum(['teacher-absent', 'outing', 'exam', 'placement', 'other']) }).optional(),
});
export type Lesson = z.infer<typeof Lesson>;

/** A teacher of a lesson, with the name lists show; without one where nobody reads it. */
export const LessonTeacher = z.object({
  personId: PersonId,
  familyName: z.string().optional(),
  givenName: z.string().optional(),
  civility: z.string().optional(),
});
export type LessonTeacher = z.infer<typeof LessonTeacher>;
