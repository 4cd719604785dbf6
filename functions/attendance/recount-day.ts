import { countDay } from '../../shared/attendance/counted-day.ts';
import { countMonth } from '../../shared/attendance/month-figures.ts';
import { type Month, monthOf } from '../../shared/attendance/pupil-month.ts';
import { same } from '../../shared/directory/same.ts';
import type { School } from '../../shared/directory/school.ts';
import type { LocalDate } from '../../shared/kernel/index.ts';
import { OUT_OF_YEAR } from '../../shared/timetable/calendar.ts';
import { schoolDay } from '../../shared/timetable/questions.ts';
import { isStudyRoom } from '../../shared/timetable/study-room.ts';
import { schoolLists } from './class-list.ts';
import { countingOf } from './counting-of.ts';
import type { CountDaysPorts } from './manifest.ts';
import { retrying } from './replay.ts';

/** The class of each pupil, as the lists have it. */
export const classesOf = async (uai: string, ports: Pick<CountDaysPorts, 'ask'>): Promise<Map<string, string>> => {
  const lists = await schoolLists(uai, ports);
  return new Map(
    [...lists.values()].flatMap(({ pupils }) =>
      pupils.flatMap(({ pupilId, classLabel }) => (classLabel ? [[pupilId, classLabel] as const] : [])),
    ),
  );
};

/**
 * Counts a day that is over from its facts as they now are, all of it: done twice, or late, it comes to the same. What was counted
 * is read before the facts, and the database refuses who knew older ones.
 */
export const recountDay = async (
  { uai, date }: { readonly uai: string; readonly date: LocalDate },
  school: Pick<School, 'settings'>,
  classOf: () => Promise<ReadonlyMap<string, string>>,
  { attendance, ask }: CountDaysPorts,
): Promise<void> =>
  retrying(async () => {
    const before = await attendance.get('countedDay', { uai, month: monthOf(date), date });
    const [day, calls] = await Promise.all([ask(schoolDay, { uai, date }), attendance.all('rollCallsOfDay', { uai, date })]);
    const isNothing = day.lessons.length === 0 && calls.length === 0;
    if (isNothing && !before) return;
    // Once the timetable is of the next year it knows no lesson of this day: it stays as it was counted.
    if (before && day.lessons.length === 0 && day.closedBecause === OUT_OF_YEAR) return;
    const lessons = day.lessons.map((lesson) => ({ ...lesson, awaits: !lesson.notHeld && !isStudyRoom(lesson) }));
    const after = countDay({ uai, date }, { ...day, lessons }, calls, isNothing ? new Map() : await classOf(), countingOf(school));
    const rev = before?.rev ?? 0;
    if (before && same({ ...before, entity: undefined, rev: undefined }, after)) return;
    await attendance.write({
      put: 'countedDay',
      item: { ...after, rev: rev + 1 },
      when: before ? { is: { rev } } : { absent: true },
    });
  });

/** Counts a month from its days that are counted and its pupils’ months, in the same way. */
export const recountMonth = async (
  { uai, month }: { readonly uai: string; readonly month: Month },
  { attendance }: Pick<CountDaysPorts, 'attendance'>,
): Promise<void> =>
  retrying(async () => {
    const before = await attendance.get('monthFigures', { uai, month });
    const facts = await attendance.all('factsOfMonth', { uai, month });
    const figures = countMonth(
      facts.filter((item) => item.entity === 'countedDay'),
      facts.filter((item) => item.entity === 'pupilMonth'),
    );
    const rev = before?.rev ?? 0;
    await attendance.write({
      put: 'monthFigures',
      item: { uai, month, ...figures, rev: rev + 1 },
      when: before ? { is: { rev } } : { absent: true },
    });
  });
