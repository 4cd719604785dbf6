import type { SchoolYear } from '../../shared/attendance/register-archive.ts';
import { addDays, type LocalDate, weekday } from '../../shared/kernel/index.ts';
import { openFrom, schoolYearOf } from '../../shared/timetable/school-year.ts';

export const yearOf = (date: LocalDate): SchoolYear => schoolYearOf(date).from.slice(0, 4);
export const spanOf = (year: SchoolYear): { readonly from: LocalDate; readonly until: LocalDate } => schoolYearOf(`${year}-08-01`);

/** How far a year has come on a day: its last day at most; `undefined` before it began. */
export const throughOf = (year: SchoolYear, day: LocalDate): LocalDate | undefined => {
  const { from, until } = spanOf(year);
  if (day < from) return undefined;
  return day > until ? until : day;
};

/**
 * Until when the register of a year should be written by itself: each month once it is over, while class lists and timetable still know
 * it; in July, when lessons end, each week, so that the whole year is there the Monday after its last lesson. `undefined`: no month of it
 * is over.
 */
export const wantedThrough = (year: SchoolYear, today: LocalDate): LocalDate | undefined => {
  const monday = addDays(today, 1 - weekday(today));
  const first = `${today.slice(0, 8)}01`;
  const last = addDays(today.slice(5, 7) === '07' && monday > first ? monday : first, -1);
  return throughOf(year, last);
};

/** The years of a school whose register may have to be written: the one that has ended, and the one that runs. */
export const yearsToWrite = (today: LocalDate): readonly [ended: SchoolYear, running: SchoolYear] => {
  const running = openFrom(today);
  return [yearOf(addDays(running, -1)), yearOf(running)];
};
