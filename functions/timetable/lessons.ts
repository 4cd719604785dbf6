import type { BasePorts, LocalDate, Store } from '../../shared/kernel/index.ts';
import { weekday } from '../../shared/kernel/index.ts';
import { closedBecause } from '../../shared/timetable/calendar.ts';
import { type Course, lessonsOn } from '../../shared/timetable/course.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import type { timetable as table } from '../../shared/timetable/table.ts';

interface Ports extends Pick<BasePorts, 'ids'> {
  readonly timetable: Store<typeof table, 'get' | 'query'>;
}

export interface DayOfLessons {
  readonly schoolDay: boolean;
  readonly closedBecause?: string;
  readonly lessons: Lesson[];
}

/** `all`, a teacher's id, or group ids. */
export type Whose = { readonly all: true } | { readonly teacherId: string } | { readonly groupIds: readonly string[] };

const owners = (whose: Whose): readonly string[] =>
  'all' in whose ? ['all'] : 'teacherId' in whose ? [whose.teacherId] : [...new Set(whose.groupIds)];

const concerns = (whose: Whose, lesson: Lesson): boolean =>
  'all' in whose ||
  ('teacherId' in whose ? lesson.teacherIds.includes(whose.teacherId) : lesson.groupIds.some((id) => whose.groupIds.includes(id)));

/** Reads a day: the calendar, what changed that day, and one query for each owner. */
export async function readLessons(uai: string, date: LocalDate, whose: Whose, { timetable, ids }: Ports): Promise<DayOfLessons> {
  const [calendar, changes, ...copies] = await Promise.all([
    timetable.get('calendar', { uai }),
    timetable.all('dayChanges', { uai, date }),
    ...owners(whose).map((owner) => timetable.all('coursesOn', { uai, owner, weekday: weekday(date) })),
  ]);
  const courses = new Map<string, Course>(copies.flat().map((course) => [course.courseId, course]));
  const opened = changes.filter((change) => change.entity === 'opened').map(({ entity: _, openedBy: __, ...lesson }): Lesson => lesson);
  const notHeld = changes.filter((change) => change.entity === 'notHeld');
  const lessons = lessonsOn(date, { courses: [...courses.values()], calendar, notHeld, opened }, (...parts) => ids.natural('l', ...parts));
  const closed = calendar ? closedBecause(date, calendar) : 'no-calendar';
  return {
    schoolDay: closed === undefined,
    ...(closed !== undefined && { closedBecause: closed }),
    lessons: lessons.filter((lesson) => concerns(whose, lesson)),
  };
}
