import * as z from 'zod';
import { addDays, LocalDate, Uai } from '../kernel/index.ts';

/** A school’s day in four numbers; holds no pupil. */
export const DayFigures = z.object({
  date: LocalDate,
  /** Pupils expected in the lessons whose roll call is validated, counted once a lesson. */
  seats: z.int().min(0),
  /** Of these, found absent. */
  missed: z.int().min(0),
  /** Lessons that began and were held, and those of them that were called. */
  due: z.int().min(0),
  done: z.int().min(0),
});
export type DayFigures = z.infer<typeof DayFigures>;

/** Days of before, counted once from their facts when somebody first asks what is usual; a day without school has no seats. */
export const UsualDays = z.object({
  uai: Uai,
  days: z.array(DayFigures),
  rev: z.int().min(1),
});
export type UsualDays = z.infer<typeof UsualDays>;

const WEEKS = 4;

/** The same day of the week in the weeks before: a Wednesday is like other Wednesdays. */
export const usualDates = (date: LocalDate): LocalDate[] => Array.from({ length: WEEKS }, (_, week) => addDays(date, -7 * (week + 1)));

export const Usual = z.object({
  /** Of 1. */
  attendance: z.number(),
  rollCalls: z.number(),
  /** Over how many days. */
  days: z.int().min(1),
});

/** What is usual after these days; nothing when there was no school on any of them. */
export const usualOf = (days: readonly DayFigures[]): z.infer<typeof Usual> | undefined => {
  const called = days.filter(({ seats, due }) => seats > 0 && due > 0);
  const sum = (of: (day: DayFigures) => number) => called.reduce((total, day) => total + of(day), 0);
  if (called.length === 0) return undefined;
  return {
    attendance: 1 - sum(({ missed }) => missed) / sum(({ seats }) => seats),
    rollCalls: sum(({ done }) => done) / sum(({ due }) => due),
    days: called.length,
  };
};
