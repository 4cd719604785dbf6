import * as z from 'zod';
import { GroupId, LessonId, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';

export const Subject = z.object({ code: z.string().max(40), label: z.string().max(120) });

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
