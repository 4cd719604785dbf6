import { addDays, daysBetween, type LocalDate } from '../kernel/index.ts';

/** A school year ends in the summer holidays: what is before August belongs to the one that began the year before. */
export const schoolYearOf = (date: LocalDate): { from: LocalDate; until: LocalDate } => {
  const year = Number(date.slice(0, 4)) - (date.slice(5, 7) < '08' ? 1 : 0);
  return { from: `${year}-08-01`, until: `${year + 1}-07-31` };
};

/** Days before the new school year in which an import of it ends the old one; a file of a wrong year ends none. */
const IMPORTED_AHEAD = 61;

/**
 * First day that is not of an ended year: what is before it may be read until it is erased, and is changed no more. A year ends on
 * 31 August, or once the people of the next one were imported: from then on its classes and lessons are known no more. Today is never of
 * an ended year.
 */
export const openFrom = (today: LocalDate, imported?: number): LocalDate => {
  const { from } = schoolYearOf(today);
  const running = today.slice(5, 7) === '08' ? schoolYearOf(addDays(from, -1)).from : from;
  if (imported === undefined) return running;
  const next = `${imported}-08-01`;
  if (next <= running || daysBetween(today, next) > IMPORTED_AHEAD) return running;
  return next < today ? next : today;
};
