import * as z from 'zod';
import {
  belongsTo,
  defineRoute,
  directs,
  GroupId,
  guards,
  isPupil,
  LessonId,
  LocalDate,
  MinuteOfDay,
  PersonId,
  runsSchoolLife,
  teachesAt,
  Uai,
  worksAt,
} from '../kernel/index.ts';
import { Calendar, Holiday } from './calendar.ts';
import { NotHeldReason } from './course.ts';
import { Lesson } from './lesson.ts';

const day = { uai: Uai, date: LocalDate };
const Day = z.object({ schoolDay: z.boolean(), closedBecause: z.string().optional(), lessons: z.array(Lesson) });
const lessonExample = {
  uai: '0750001A',
  lessonId: 'l_01j8z0example',
  date: '2026-09-15',
  startMinute: 605,
  endMinute: 660,
  subject: { code: '061300', label: 'Mathématiques' },
  teacherIds: ['p_01j8z0example'],
  groupIds: ['g_01j8z0example'],
  groupLabels: ['5e B'],
  rooms: ['204'],
};

export const readDay = defineRoute({
  name: 'timetable.read-day',
  method: 'GET',
  path: '/schools/{uai}/days/{date}',
  rights: { teacher: teachesAt, staff: worksAt, pupil: belongsTo },
  params: day,
  answer: Day,
  summary: 'One’s own lessons of a day; the whole school’s for staff.',
  example: { answer: { schoolDay: true, lessons: [lessonExample] } },
});

export const readPupilDay = defineRoute({
  name: 'timetable.read-pupil-day',
  method: 'GET',
  path: '/schools/{uai}/pupils/{pupilId}/days/{date}',
  rights: { guardian: guards, staff: worksAt, pupil: isPupil },
  params: { ...day, pupilId: PersonId },
  answer: Day,
  summary: 'A child’s lessons of a day.',
  example: { answer: { schoolDay: false, closedBecause: 'Vacances de la Toussaint', lessons: [] } },
});

export const markNotHeld = defineRoute({
  name: 'timetable.mark-not-held',
  method: 'PUT',
  path: '/schools/{uai}/days/{date}/not-held/{target}',
  rights: { teacher: teachesAt, staff: runsSchoolLife },
  params: { ...day, target: z.union([LessonId, GroupId, PersonId]) },
  body: z.strictObject({ reason: NotHeldReason }),
  answer: z.object({ lessons: z.array(LessonId) }),
  failures: ['timetable.not-your-lesson', 'timetable.too-many-changes', 'timetable.year-over'],
  summary: '« N’a pas eu lieu »: a lesson, or the whole day of a class or a teacher (school life). Answers with the lessons concerned.',
  example: { body: { reason: 'outing' }, answer: { lessons: ['l_01j8z0example'] } },
});

export const markHeld = defineRoute({
  name: 'timetable.mark-held',
  method: 'DELETE',
  path: '/schools/{uai}/days/{date}/not-held/{target}',
  rights: { teacher: teachesAt, staff: runsSchoolLife },
  params: { ...day, target: z.union([LessonId, GroupId, PersonId]) },
  answer: z.object({ held: z.literal(true) }),
  failures: ['timetable.not-your-lesson', 'timetable.year-over'],
  summary: 'Takes « n’a pas eu lieu » back.',
  example: { answer: { held: true } },
});

export const openLesson = defineRoute({
  name: 'timetable.open-lesson',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/lessons',
  rights: { teacher: teachesAt, staff: runsSchoolLife },
  params: day,
  body: z.strictObject({
    startMinute: MinuteOfDay,
    endMinute: MinuteOfDay,
    /** Of none: a study room, where whoever comes is entered. */
    groupIds: z.array(GroupId).max(10),
    label: z.string().trim().min(1).max(60),
    /** Who gives it, when school life opens it for somebody. */
    teacherId: PersonId.optional(),
  }),
  answer: Lesson,
  failures: ['timetable.ends-before-it-starts', 'timetable.unknown-group', 'timetable.too-many-changes', 'timetable.year-over'],
  summary:
    'An unscheduled roll call: a replacement, a moved lesson, a study room. The same slot and groups twice is one lesson, of both who opened it.',
  example: { body: { startMinute: 605, endMinute: 660, groupIds: ['g_01j8z0example'], label: 'Permanence' }, answer: lessonExample },
});

export const readCalendar = defineRoute({
  name: 'timetable.read-calendar',
  method: 'GET',
  path: '/schools/{uai}/calendar',
  rights: { teacher: teachesAt, staff: worksAt, pupil: belongsTo, guardian: belongsTo },
  params: { uai: Uai },
  answer: Calendar.nullable(),
  summary: 'Holidays and closed days; null before the first timetable.',
  example: { answer: null },
});

export const closeDays = defineRoute({
  name: 'timetable.close-days',
  method: 'PUT',
  path: '/schools/{uai}/calendar/closed-days',
  rights: { staff: directs },
  params: { uai: Uai },
  body: z.strictObject({ basedOn: z.int(), closedDays: z.array(Holiday).max(60) }),
  answer: Calendar,
  failures: ['timetable.no-calendar', 'timetable.calendar-changed'],
  summary: 'The days the school is closed beside holidays.',
  example: {
    body: { basedOn: 1, closedDays: [{ from: '2027-05-07', until: '2027-05-07', label: 'Pont' }] },
    answer: { uai: '0750001A', firstMonday: '2026-08-31', from: '2026-09-01', until: '2027-07-03', holidays: [] },
  },
});
