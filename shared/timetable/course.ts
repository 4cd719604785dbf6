import * as z from 'zod';
import { GroupId, Instant, LessonId, type LocalDate, MinuteOfDay, PersonId, Uai, weekday } from '../kernel/index.ts';
import { type Calendar, closedBecause, meetsIn, weekOf } from './calendar.ts';
import { isHalfDayCall, type Lesson, type LessonTeacher, Subject } from './lesson.ts';
import { type StandIn, withStandIns } from './stand-in.ts';

/** A weekly slot of the timetable; lessons are computed from it when a day is read. */
export const Course = z.object({
  uai: Uai,
  weekday: z.int().min(1).max(7),
  startMinute: MinuteOfDay,
  minutes: z.int().min(1).max(720),
  weeks: z.string().regex(/^\d{1,20}$/),
  subject: Subject,
  teacherIds: z.array(PersonId),
  groupIds: z.array(GroupId),
  groupLabels: z.array(z.string()),
  rooms: z.array(z.string()),
});
export type Course = z.infer<typeof Course>;

interface Taught {
  readonly teachers?: readonly LessonTeacher[];
  /** The pupils of each class and group, as runs of their numbers. */
  readonly members?: readonly string[];
}
export type TaughtCourse = Course & Taught;
export type TaughtLesson = Lesson & Taught;

export const NotHeldReason = z.enum(['teacher-absent', 'outing', 'exam', 'placement', 'other']);

/** « N’a pas eu lieu »: one lesson, or all the lessons of a class or a teacher on a day. */
export const NotHeld = z.object({
  target: z.union([LessonId, GroupId, PersonId]),
  reason: NotHeldReason,
  by: PersonId,
  at: Instant,
});
export type NotHeld = z.infer<typeof NotHeld>;

/** What makes a lesson itself, whoever teaches it: the parts of its id. An école’s roll call stays itself when the school’s hours change. */
export const lessonParts = (
  course: Pick<Course, 'uai' | 'startMinute' | 'minutes' | 'subject' | 'groupIds'>,
  date: LocalDate,
): (string | number)[] => [
  course.uai,
  date,
  ...(isHalfDayCall(course.subject) ? [] : [course.startMinute, course.minutes]),
  course.subject.code,
  ...[...course.groupIds].sort(),
];

const explains = (lesson: Lesson, notHeld: readonly NotHeld[]): NotHeld | undefined => {
  const away = new Map(notHeld.map((one) => [one.target, one]));
  // A class's day: every class or group of the lesson is away; a teacher's day: every teacher is.
  const all = (ids: readonly string[]) => (ids.every((id) => away.has(id)) ? away.get(ids[0] ?? '') : undefined);
  return away.get(lesson.lessonId) ?? all(lesson.groupIds) ?? all(lesson.teacherIds);
};

const mergedTeachers = (one: TaughtLesson, other: TaughtLesson): Taught =>
  one.teachers || other.teachers
    ? { teachers: [...new Map([...(one.teachers ?? []), ...(other.teachers ?? [])].map((by) => [by.personId, by])).values()] }
    : {};

/** The lessons that a day really has, by start. A course without pupils is not a lesson. */
export function lessonsOn(
  date: LocalDate,
  known: {
    courses: readonly TaughtCourse[];
    calendar: Calendar | undefined;
    notHeld: readonly NotHeld[];
    opened: readonly Lesson[];
    standIns?: readonly StandIn[];
  },
  lessonId: (...parts: (string | number)[]) => string,
): TaughtLesson[] {
  const { calendar } = known;
  const scheduled =
    calendar === undefined || closedBecause(date, calendar) !== undefined
      ? []
      : known.courses
          .filter(
            (course) => course.weekday === weekday(date) && course.groupIds.length > 0 && meetsIn(course.weeks, weekOf(date, calendar)),
          )
          .map(({ weekday: _, weeks: __, minutes, ...course }) => ({
            ...course,
            date,
            lessonId: lessonId(...lessonParts({ ...course, minutes }, date)),
            endMinute: course.startMinute + minutes,
            unscheduled: false,
          }));
  const unique = new Map<string, TaughtLesson>();
  for (const lesson of [...scheduled, ...known.opened]) {
    const same = unique.get(lesson.lessonId);
    // The same slot, subject and groups given under two course entries is one lesson of co-teachers.
    unique.set(
      lesson.lessonId,
      same
        ? {
            ...same,
            teacherIds: [...new Set([...same.teacherIds, ...lesson.teacherIds])],
            ...mergedTeachers(same, lesson),
            rooms: [...new Set([...same.rooms, ...lesson.rooms])],
          }
        : lesson,
    );
  }
  return [...unique.values()]
    .map((planned) => {
      const lesson = withStandIns(planned, date, known.standIns ?? []);
      const reason = explains(lesson, known.notHeld)?.reason;
      return reason === undefined ? lesson : { ...lesson, notHeld: { reason } };
    })
    .sort((a, b) => a.startMinute - b.startMinute || a.lessonId.localeCompare(b.lessonId));
}
