import { isDeepStrictEqual } from 'node:util';
import type { timetableImported } from '../../shared/directory/events.ts';
import { school, timetableOfImport } from '../../shared/directory/questions.ts';
import type { Occurrence, Write } from '../../shared/kernel/index.ts';
import { Calendar } from '../../shared/timetable/calendar.ts';
import type { Course } from '../../shared/timetable/course.ts';
import type { timetable as table } from '../../shared/timetable/table.ts';
import { holidaysOf } from './holidays.ts';
import type { TimetableImportedPorts } from './manifest.ts';

type TimetableWrite = Write<typeof table, 'put' | 'delete'>;

/** Most a DynamoDB transaction holds. */
const TRANSACTION = 100;

const ownersOf = (course: Course): string[] => ['all', ...new Set([...course.teacherIds, ...course.groupIds])];

/** Copies by key, so that two imports compare copy by copy. */
const copiesOf = (courses: readonly Course[]) =>
  new Map(courses.flatMap((course) => ownersOf(course).map((owner) => [`${owner}#${course.courseId}`, { ...course, owner }] as const)));

/**
 * Replaces a school's courses by those of an import: only differences are written, so that a repeated event writes nothing
 * and one that died half-way is finished by its retry. A course's id is made of all it is: a changed course is another one.
 */
export async function onTimetableImported(
  { payload: { uai, importId } }: Occurrence<typeof timetableImported>,
  { timetable, ask, ids }: TimetableImportedPorts,
): Promise<void> {
  const found = await ask(school, { uai });
  const courses: Course[] = [];
  let cursor: number | undefined = 0;
  let span: { firstMonday: string; from: string; until: string } | undefined;
  while (cursor !== undefined) {
    const page: { calendar: NonNullable<typeof span>; courses: Omit<Course, 'uai' | 'courseId'>[]; next?: number | undefined } = await ask(
      timetableOfImport,
      { uai, importId, cursor, limit: 200 },
    );
    span = page.calendar;
    courses.push(...page.courses.map((course) => ({ ...course, uai, courseId: ids.natural('c', uai, JSON.stringify(course)) })));
    cursor = page.next;
  }
  if (!span) return;

  const wanted = copiesOf(courses);
  const present = copiesOf((await timetable.all('courses', { uai, owner: 'all' })).map(({ entity: _, owner: __, ...course }) => course));
  const changes = [
    ...[...wanted].filter(([key]) => !present.has(key)).map(([, item]) => ({ owner: item.owner, write: { put: 'course', item } as const })),
    ...[...present]
      .filter(([key]) => !wanted.has(key))
      .map(([, { owner, weekday, courseId }]) => ({ owner, write: { delete: 'course', key: { uai, owner, weekday, courseId } } as const })),
  ];
  // The school's own copies go last: as long as they stand as they were, a retry still knows what is left to do.
  const writes: TimetableWrite[] = changes.sort((a, b) => Number(a.owner === 'all') - Number(b.owner === 'all')).map(({ write }) => write);

  const calendar = await timetable.get('calendar', { uai });
  const holidays = holidaysOf(Number(span.from.slice(0, 4)), found?.academy);
  const next = { uai, ...span, holidays, closedDays: calendar?.closedDays ?? [], rev: (calendar?.rev ?? 0) + 1 };
  if (!calendar || !isDeepStrictEqual(Calendar.parse({ ...calendar, rev: next.rev }), Calendar.parse(next)))
    await timetable.write({ put: 'calendar', item: next });
  for (let i = 0; i < writes.length; i += TRANSACTION) await timetable.write(...writes.slice(i, i + TRANSACTION));
}
