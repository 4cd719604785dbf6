import * as z from 'zod';
import { defineQuestion, GroupId, LessonId, LocalDate, PersonId, Uai } from '../kernel/index.ts';
import { SchoolTime } from './calendar.ts';
import { Lesson, LessonTeacher } from './lesson.ts';
import { ListPupil, Week } from './week.ts';

const ofDay = { uai: Uai, date: LocalDate };
const aDay = {
  schoolDay: z.boolean(),
  closedBecause: z.string().optional(),
  /** Absent before the first timetable. */
  school: SchoolTime.optional(),
};
const TaughtLesson = Lesson.extend({ teachers: z.array(LessonTeacher).default([]) });

export const day = defineQuestion({
  name: 'timetable.day',
  input: z.object({ ...ofDay, teacherId: PersonId.optional(), pupilId: PersonId.optional() }),
  answer: z.object({
    ...aDay,
    lessons: z.array(Lesson),
    /** Whom it is the day of, as class lists have them; absent for someone in none. */
    pupil: Week.shape.pupil,
  }),
  summary: 'The lessons of a day, by start: of a teacher, of a pupil, or of the whole school.',
});

export const schoolDay = defineQuestion({
  name: 'timetable.school-day',
  input: z.object(ofDay),
  answer: z.object({
    ...aDay,
    lessons: z.array(TaughtLesson.extend({ members: z.array(z.string()).default([]) })),
  }),
  summary: 'A school’s lessons of a day, with who teaches them and the numbers of the pupils they expect.',
});

export const lesson = defineQuestion({
  name: 'timetable.lesson',
  input: z.object({
    ...ofDay,
    lessonId: LessonId,
    teacherId: PersonId.optional(),
    /** Its classes and groups, where the asker believes to know them: they are then read with it. */
    groupIds: z.array(GroupId).max(10).default([]),
    /** Pupils whose other lessons of the day are wanted too. */
    pupilIds: z.array(PersonId).max(90).default([]),
  }),
  answer: z.object({
    ...aDay,
    lesson: TaughtLesson.nullable(),
    /** Who belongs to its classes and groups that day. */
    pupils: z.array(ListPupil),
    others: z.array(Lesson),
  }),
  summary: 'One lesson with its list of pupils; with a teacher, only if that teacher gives it.',
});
