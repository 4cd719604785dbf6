import { type Attendance, type LessonOfDay, lessonsLeft } from './child-day.ts';
import type { ComingLesson, SchoolDay } from './next-school-day.ts';

/** Where a pupil goes next. */
export type Next =
  | { readonly is: 'now'; readonly lesson: LessonOfDay /** The one after, to walk to. */; readonly after: LessonOfDay | undefined }
  | { readonly is: 'today'; readonly lesson: LessonOfDay; readonly minutes: number }
  | { readonly is: 'later'; readonly date: string; readonly lesson: ComingLesson }
  | { readonly is: 'none' };

export function nextOf(today: Attendance['today'], minute: number, later: SchoolDay | undefined): Next {
  const [first, second] = lessonsLeft(today, minute);
  if (first)
    return first.startMinute <= minute
      ? { is: 'now', lesson: first, after: second }
      : { is: 'today', lesson: first, minutes: first.startMinute - minute };
  const coming = later?.lessons[0];
  return later && coming ? { is: 'later', date: later.date, lesson: coming } : { is: 'none' };
}
