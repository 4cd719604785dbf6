import * as z from 'zod';
import { defineQuestion, GroupId, LessonId, LocalDate, PersonId, Uai } from '../kernel/index.ts';
import { Lesson } from './lesson.ts';

export const day = defineQuestion({
  name: 'timetable.day',
  input: z.object({ uai: Uai, date: LocalDate, teacherId: PersonId.optional(), groupIds: z.array(GroupId).max(40).optional() }),
  answer: z.object({ schoolDay: z.boolean(), closedBecause: z.string().optional(), lessons: z.array(Lesson) }),
  summary: 'The lessons of a day, by start: of a teacher, of groups, or of the whole school.',
});

export const lesson = defineQuestion({
  name: 'timetable.lesson',
  input: z.object({ uai: Uai, date: LocalDate, lessonId: LessonId, teacherId: PersonId.optional() }),
  answer: Lesson.nullable(),
  summary: 'One lesson; with a teacher, only if that teacher gives it.',
});
