import * as z from 'zod';
import { School } from '../directory/school.ts';
import { addDays, daysBetween, LocalDate, Uai, weekday } from '../kernel/index.ts';

export const Holiday = z.object({
  /** First and last day without lessons. */
  from: LocalDate,
  until: LocalDate,
  label: z.string().max(80),
});
export type Holiday = z.infer<typeof Holiday>;

/** The days of a school's year. */
export const Calendar = z.object({
  uai: Uai,
  /** Monday of week 1 of the timetable's week masks. */
  firstMonday: LocalDate,
  from: LocalDate,
  until: LocalDate,
  /** Holidays of the académie and public holidays. */
  holidays: z.array(Holiday),
  /** Set by direction: a bridge, a strike, snow. */
  closedDays: z.array(Holiday).default([]),
  rev: z.int().default(1),
});
export type Calendar = z.infer<typeof Calendar>;

/** What a lesson’s day is reckoned by. The directory’s is the truth; a copy lies beside the days it is read with. */
export const SchoolTime = School.pick({ timeZone: true, settings: true });
export type SchoolTime = z.infer<typeof SchoolTime>;

/** A day that the calendar says nothing of: before or after its school year. */
export const OUT_OF_YEAR = 'out-of-year';

/** Why there is no lesson on a day; `undefined` when there may be. */
export function closedBecause(date: LocalDate, calendar: Calendar): string | undefined {
  if (date < calendar.from || date > calendar.until) return OUT_OF_YEAR;
  if (weekday(date) === 7) return 'sunday';
  return [...calendar.holidays, ...calendar.closedDays].find(({ from, until }) => from <= date && date <= until)?.label;
}

const daysOf = ({ holidays, closedDays }: Calendar): LocalDate[] =>
  [...holidays, ...closedDays].flatMap(({ from, until }) =>
    Array.from({ length: Math.max(0, daysBetween(from, until) + 1) }, (_, n) => addDays(from, n)),
  );

/** The days of one school year that were open and are closed, or the other way round; a year that begins or ends otherwise is another year. */
export function openingsChanged(before: Calendar, after: Calendar): LocalDate[] {
  const inBoth = (date: LocalDate) => [before, after].every(({ from, until }) => from <= date && date <= until);
  const isOpen = (date: LocalDate, calendar: Calendar) => closedBecause(date, calendar) === undefined;
  return [...new Set([...daysOf(before), ...daysOf(after)])]
    .filter((date) => inBoth(date) && isOpen(date, before) !== isOpen(date, after))
    .sort();
}

/** Week number of a date in the timetable's masks: 1 is the week of `firstMonday`. */
export const weekOf = (date: LocalDate, calendar: Pick<Calendar, 'firstMonday'>): number =>
  Math.floor(daysBetween(calendar.firstMonday, date) / 7) + 1;

/** `Semaines` of an EDT export: 64 bits in decimal, bit i = week i, bit 0 unused. Numbers lose bits above 53. */
export const meetsIn = (mask: string, week: number): boolean => week >= 1 && week <= 63 && ((BigInt(mask) >> BigInt(week)) & 1n) === 1n;
