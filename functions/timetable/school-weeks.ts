import type * as z from 'zod';
import { classLists, people, peopleAt } from '../../shared/directory/questions.ts';
import { same } from '../../shared/directory/same.ts';
import type { School } from '../../shared/directory/school.ts';
import { type AnswerTo, type Ask, addDays, type LocalDate, local, type Write, weekday } from '../../shared/kernel/index.ts';
import { Calendar, weekOf } from '../../shared/timetable/calendar.ts';
import type { Course } from '../../shared/timetable/course.ts';
import { halfDayCalls } from '../../shared/timetable/half-day-calls.ts';
import { isHalfDayCall, type LessonTeacher } from '../../shared/timetable/lesson.ts';
import { schoolYearOf } from '../../shared/timetable/school-year.ts';
import type { timetable as table } from '../../shared/timetable/table.ts';
import { type ClassList, foldWeek, type ListPupil, membersOf, unfoldWeek, type Week, weekdayOwner } from '../../shared/timetable/week.ts';
import { holidaysOf } from './holidays.ts';
import type { TimetableImportedPorts } from './manifest.ts';

type Ports = Pick<TimetableImportedPorts, 'timetable' | 'ask' | 'clock'>;
type TimetableWrite = Write<typeof table, 'put' | 'delete'>;
type Lists = AnswerTo<typeof classLists>['lists'];
type Kept = z.infer<typeof table.entities.calendar.schema> & { readonly entity: string };
export type Span = Pick<Calendar, 'firstMonday' | 'from' | 'until'>;

/** Most a DynamoDB transaction holds. */
const TRANSACTION = 100;
/** People a question takes. */
const PEOPLE = 200;

const listsNow = async (uai: string, ask: Ask): Promise<Lists> => {
  const lists: Lists = [];
  let cursor: string | undefined;
  do {
    const page: AnswerTo<typeof classLists> = await ask(classLists, { uai, cursor });
    lists.push(...page.lists);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return lists;
};

/** Class lists as they are kept: each line with all the groups of its pupil. */
const keptLists = (lists: Lists): ClassList[] => {
  const groups = new Map<string, Set<string>>();
  for (const { groupId, pupils } of lists)
    for (const { pupilId } of pupils) groups.set(pupilId, (groups.get(pupilId) ?? new Set()).add(groupId));
  return lists.map(({ kind: _, ...list }) => ({
    ...list,
    pupils: list.pupils.map((pupil) => ({ ...pupil, groups: [...(groups.get(pupil.pupilId) ?? [])].sort() })),
  }));
};

/** The classes that have pupils, each with who teaches it. */
const classesNow = async (uai: string, lists: Lists, ask: Ask) => {
  const teachersOf = new Map<string, string[]>();
  let cursor: string | undefined;
  do {
    const page: AnswerTo<typeof peopleAt> = await ask(peopleAt, { uai, door: 'teacher', cursor, limit: PEOPLE });
    for (const { personId, groups } of page.people)
      for (const groupId of groups) teachersOf.set(groupId, [...(teachersOf.get(groupId) ?? []), personId]);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return lists
    .filter(({ kind, pupils }) => kind === 'class' && pupils.length > 0)
    .map(({ groupId, label }) => ({ groupId, label, teacherIds: teachersOf.get(groupId) ?? [] }));
};

const teachersNow = async (uai: string, personIds: readonly string[], ask: Ask): Promise<Map<string, LessonTeacher>> => {
  const found = new Map<string, LessonTeacher>();
  for (let from = 0; from < personIds.length; from += PEOPLE)
    for (const { personId, familyName, givenName, civility } of await ask(people, { uai, personIds: personIds.slice(from, from + PEOPLE) }))
      found.set(personId, { personId, familyName, givenName, ...(civility !== undefined && { civility }) });
  return found;
};

/** The days on which a pupil is in each of their groups; two lines of one group are one span. */
const membershipsOf = (lists: readonly ClassList[]) => {
  const found = new Map<string, { pupil: ListPupil; groups: Map<string, Pick<ListPupil, 'from' | 'until'>> }>();
  for (const { groupId, pupils } of lists)
    for (const line of pupils) {
      const one = found.get(line.pupilId) ?? { pupil: line, groups: new Map() };
      const spans = [line, ...(one.groups.has(groupId) ? [one.groups.get(groupId) ?? {}] : [])];
      const from = spans.every((span) => span.from) ? spans.flatMap((span) => span.from ?? []).sort()[0] : undefined;
      const until = spans.every((span) => span.until)
        ? spans
            .flatMap((span) => span.until ?? [])
            .sort()
            .at(-1)
        : undefined;
      one.groups.set(groupId, { ...(from && { from }), ...(until && { until }) });
      found.set(line.pupilId, one);
    }
  return found;
};

const grouped = <K, T>(values: readonly T[], keysOf: (value: T) => Iterable<K>): Map<K, T[]> => {
  const found = new Map<K, T[]>();
  for (const value of values)
    for (const key of new Set(keysOf(value))) {
      const known = found.get(key);
      if (known) known.push(value);
      else found.set(key, [value]);
    }
  return found;
};

/** Every week a school has, from its courses and its lists. */
const weeksOf = (
  uai: string,
  courses: readonly Course[],
  lists: readonly ClassList[],
  teachers: ReadonlyMap<string, LessonTeacher>,
): Week[] => {
  const members = membersOf(lists);
  const teacher = (personId: string): LessonTeacher => teachers.get(personId) ?? { personId };
  const plain = { teacher, group: () => ({}) };
  const ofGroup = grouped(courses, ({ groupIds }) => groupIds);
  const weeks: Week[] = [];
  for (const [weekday, some] of grouped(courses, (course) => [course.weekday]))
    weeks.push(
      foldWeek({ uai, owner: weekdayOwner(weekday) }, some, {
        teacher,
        group: (groupId) => {
          const runs = members.get(groupId);
          return runs === undefined ? {} : { members: runs };
        },
      }),
    );
  for (const [owner, some] of grouped(courses, ({ teacherIds }) => teacherIds)) weeks.push(foldWeek({ uai, owner }, some, plain));
  for (const [owner, some] of ofGroup) weeks.push(foldWeek({ uai, owner }, some, plain));
  for (const [owner, { pupil, groups }] of membershipsOf(lists)) {
    const { from: _, until: __, ...who } = pupil;
    const own = new Set([...groups.keys()].flatMap((groupId) => ofGroup.get(groupId) ?? []));
    weeks.push(
      foldWeek({ uai, owner, pupil: who }, [...own], {
        // A family reads subject and room: the teacher’s name has no place in nine hundred items.
        teacher: (personId) => ({ personId }),
        // Of a course for several groups, the one the pupil is not in opens nothing.
        group: (groupId) => groups.get(groupId) ?? { until: '1900-01-01' },
      }),
    );
  }
  return weeks;
};

/** The school year around a day where no timetable says it: from September to the summer holidays, as far as they are known. */
const yearAround = (today: LocalDate, academy: string | undefined): Span => {
  const year = Number(schoolYearOf(today).from.slice(0, 4));
  const summer = holidaysOf(year, academy).find(({ from, until }) => until === `${year + 1}-08-31` && from > `${year + 1}-06-01`);
  const from = `${year}-09-01`;
  return { firstMonday: addDays(from, 1 - weekday(from)), from, until: summer ? addDays(summer.from, -1) : `${year + 1}-07-10` };
};

const coursesOf = (weeks: readonly Week[]): Course[] =>
  weeks
    .filter(({ owner }) => owner.startsWith('all-'))
    .flatMap((week) => unfoldWeek(week).map(({ teachers: _, members: __, ...course }): Course => course));

/** Whether a school’s roll calls are, or were, those of an école. */
export const callsHalfDays = (weeks: readonly Week[]): boolean => coursesOf(weeks).some(({ subject }) => isHalfDayCall(subject));

/**
 * Keeps a school's weeks and class lists as its people, its settings and its timetable now make them; an école without a timetable calls the roll
 * of each class by half-days. Only differences are written, so that a repeated event writes nothing and one that died half-way is finished by
 * its retry. Without `imported` courses, those of a timetable stay as they lie.
 */
export async function keepWeeks(
  found: School,
  imported: { readonly span: Span | undefined; readonly courses: readonly Course[] } | undefined,
  { timetable, ask, clock }: Ports,
): Promise<void> {
  const { uai, academy, settings } = found;
  const [present, listed, calendar, rosters] = await Promise.all([
    timetable.all('weeks', { uai }),
    timetable.all('lists', { uai }),
    timetable.get('calendar', { uai }),
    listsNow(uai, ask),
  ]);
  const before = coursesOf(present);
  const timetabled = imported?.courses ?? before.filter(({ subject }) => !isHalfDayCall(subject));
  const byHalfDays = settings.kind === 'primary' && timetabled.length === 0;
  const today = local(clock.civil(), found.timeZone).date;
  const span = imported?.span ?? (byHalfDays ? yearAround(today, academy) : undefined);
  const year = span ?? calendar;
  const calls = halfDayCalls(
    {
      uai,
      classes: byHalfDays ? await classesNow(uai, rosters, ask) : [],
      settings,
      week: year ? weekOf(today, year) : 1,
    },
    // Weeks of another year are numbered by another Monday.
    year?.firstMonday === calendar?.firstMonday ? before.filter(({ subject }) => isHalfDayCall(subject)) : [],
  );
  const courses = [...timetabled, ...calls];
  const lists = keptLists(rosters);
  const teachers = await teachersNow(uai, [...new Set(courses.flatMap(({ teacherIds }) => teacherIds))], ask);
  const weeks = weeksOf(uai, courses, lists, teachers);

  const bare = <T extends { entity: string }>({ entity: _, ...item }: T) => item;
  const was = new Map<string, unknown>([
    ...present.map((item) => [`week ${item.owner}`, bare(item)] as const),
    ...listed.map((item) => [`list ${item.groupId}`, bare(item)] as const),
  ]);
  const after = new Map<string, { put: 'week'; item: Week } | { put: 'list'; item: ClassList }>([
    ...weeks.map((item) => [`week ${item.owner}`, { put: 'week' as const, item }] as const),
    ...lists.map((item) => [`list ${item.groupId}`, { put: 'list' as const, item }] as const),
  ]);
  const writes: TimetableWrite[] = [
    ...[...after].flatMap(([key, write]) => (same(was.get(key), write.item) ? [] : [write])),
    ...present.filter(({ owner }) => !after.has(`week ${owner}`)).map(({ owner }) => ({ delete: 'week' as const, key: { uai, owner } })),
    ...listed
      .filter(({ groupId }) => !after.has(`list ${groupId}`))
      .map(({ groupId }) => ({ delete: 'list' as const, key: { uai, groupId } })),
  ];
  await keepCalendar(span, found, calendar, timetable);
  for (let i = 0; i < writes.length; i += TRANSACTION) await timetable.write(...writes.slice(i, i + TRANSACTION));
}

/** The calendar of the year that was imported, and the school's clock beside it. Before the first timetable there is none. */
const keepCalendar = async (
  span: Span | undefined,
  found: School,
  calendar: Kept | undefined,
  timetable: Ports['timetable'],
): Promise<void> => {
  const { uai, academy, timeZone, settings, rev: schoolRev } = found;
  const year = span ?? calendar;
  if (!year) return;
  const { firstMonday, from, until } = year;
  const next = {
    ...Calendar.parse({
      uai,
      firstMonday,
      from,
      until,
      holidays: span ? holidaysOf(Number(from.slice(0, 4)), academy) : calendar?.holidays,
      closedDays: calendar?.closedDays ?? [],
      rev: calendar?.rev ?? 0,
    }),
    school: { timeZone, settings },
    ...(calendar?.standIns && { standIns: calendar.standIns }),
    schoolRev,
  };
  const { entity: _, schoolRev: __, ...kept } = calendar ?? { entity: 'calendar', schoolRev: 0 };
  const { schoolRev: ___, ...wanted } = next;
  if (!same(kept, wanted)) await timetable.write({ put: 'calendar', item: { ...next, rev: next.rev + 1 } });
};
