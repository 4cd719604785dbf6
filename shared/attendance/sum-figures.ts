import { addDays, type LocalDate, weekday } from '../kernel/index.ts';
import type { Calls } from './counted-day.ts';
import { added, type MonthFigures } from './month-figures.ts';

type Months = readonly Pick<MonthFigures, 'days' | 'classes' | 'reasons' | 'calls' | 'teachers' | 'groups'>[];

/** Half-days lost out of those owed: the rate is one over the other. */
export interface Lost {
  readonly owed: number;
  readonly lost: number;
}

const lostBy = (months: Months, keyOf: (date: LocalDate) => string): (Lost & { readonly key: string })[] =>
  added(
    months.flatMap(({ days }) => days).map(({ date, owed, lost }) => ({ key: keyOf(date), owed, lost })),
    ({ key }) => key,
  ).sort((a, b) => (a.key < b.key ? -1 : 1));

/** By week, oldest first; a week without a validated roll call is none. */
export const byWeek = (months: Months): (Lost & { readonly from: LocalDate })[] =>
  lostBy(months, (date) => addDays(date, 1 - weekday(date))).map(({ key, ...lost }) => ({ from: key, ...lost }));

export const byWeekday = (months: Months): (Lost & { readonly weekday: number })[] =>
  lostBy(months, (date) => String(weekday(date))).map(({ key, ...lost }) => ({ weekday: Number(key), ...lost }));

export const byClass = (months: Months): MonthFigures['classes'] =>
  added(
    months.flatMap(({ classes }) => classes),
    ({ label }) => label,
  );

/** Most first. */
export const byReason = (months: Months): MonthFigures['reasons'] =>
  added(
    months.flatMap(({ reasons }) => reasons),
    ({ reasonId }) => reasonId,
  ).sort((a, b) => b.lost - a.lost);

const mostMissing = (a: Calls, b: Calls): number => b.untaken - a.untaken || a.due - b.due;

/** Roll calls due and not made, by teacher, and by class or group: most missing first. */
export const byTeacher = (months: Months): MonthFigures['teachers'] =>
  added(
    months.flatMap(({ teachers }) => teachers),
    ({ teacherId }) => teacherId,
  ).sort(mostMissing);

export const byGroup = (months: Months): MonthFigures['groups'] =>
  added(
    months.flatMap(({ groups }) => groups),
    ({ groupId }) => groupId,
  ).sort(mostMissing);
