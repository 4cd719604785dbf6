import * as z from 'zod';
import { defineTable, PersonId } from '../kernel/index.ts';
import { Calendar } from './calendar.ts';
import { Course, NotHeld } from './course.ts';
import { Lesson } from './lesson.ts';

/** `all`, or the person or group whose copy this is: one query reads anyone's weekday. */
export const CourseCopy = Course.extend({ owner: z.string().min(3).max(70) });

export const timetable = defineTable({
  name: 'timetable',
  entities: {
    course: {
      schema: CourseCopy,
      pk: '{uai}#{owner}',
      sk: 'course#{weekday}#{courseId}',
      retention: 'until a later import replaces it; the school year at most',
    },
    calendar: { schema: Calendar, pk: '{uai}', sk: 'calendar', retention: 'replaced each school year' },
    notHeld: { schema: NotHeld, pk: '{uai}#{date}', sk: 'not-held#{target}', retention: 'the school year (R131-6)' },
    opened: {
      schema: Lesson.extend({ openedBy: PersonId }),
      pk: '{uai}#{date}',
      sk: 'opened#{lessonId}',
      retention: 'the school year (R131-6)',
    },
  },
  patterns: {
    coursesOn: {
      entities: ['course'],
      pk: '{uai}#{owner}',
      sk: 'course#{weekday}#',
      summary: 'a weekday of a school, a teacher or a group',
    },
    courses: { entities: ['course'], pk: '{uai}#{owner}', sk: 'course#', summary: 'the whole week of a school, a teacher or a group' },
    dayChanges: { entities: ['notHeld', 'opened'], pk: '{uai}#{date}', summary: 'what differs from the timetable on a day' },
  },
});
