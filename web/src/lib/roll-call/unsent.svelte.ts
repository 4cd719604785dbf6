import { call } from '#lib/api/index.ts';
import { dateAt } from '#lib/format/format.ts';
import { civilNow, whoAmI } from '#lib/session/me.ts';
import { teacherDay } from '#shared/attendance/routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

type Day = AnswerOf<typeof teacherDay>;
export type DayLesson = Day['lessons'][number] & { readonly uai: string };

/** A teacher's day over all their schools, by start. */
export interface TeacherDay {
  readonly date: string;
  readonly now: string;
  readonly timeZone: string;
  readonly closedBecause?: string | undefined;
  readonly lessons: readonly DayLesson[];
}

let known = $state.raw<TeacherDay>();

/** Reads today's lessons of every school the teacher serves. */
export async function readTeacherDay(signal?: AbortSignal): Promise<TeacherDay> {
  const me = await whoAmI('teacher');
  const date = dateAt(civilNow(me), me.schools[0]?.timeZone);
  const days = await Promise.all(
    me.schools.map(async ({ uai }) => ({
      uai,
      ...(await call(teacherDay, 'teacher', { params: { uai, date }, ...(signal && { signal }) })),
    })),
  );
  const open = days.filter(({ schoolDay }) => schoolDay);
  known = {
    date,
    now: days[0]?.now ?? civilNow(me).toISOString(),
    timeZone: days[0]?.timeZone ?? 'Europe/Paris',
    closedBecause: open.length === 0 ? days[0]?.closedBecause : undefined,
    lessons: days
      .flatMap(({ uai, lessons }) => lessons.map((lesson) => ({ ...lesson, uai })))
      .sort((a, b) => a.startMinute - b.startMinute),
  };
  return known;
}

/** Lessons begun by the clock whose roll call nobody has sent: said on every page while it lasts. */
export const unsent = {
  get lessons(): readonly DayLesson[] {
    return known?.lessons.filter((lesson) => lesson.unsent) ?? [];
  },
  get date(): string {
    return known?.date ?? '';
  },
};
