import * as z from 'zod';
import { defineRoute, directs, Instant, LocalDate, Uai } from '../kernel/index.ts';
import { DayFigures, Usual } from './usual-days.ts';

export const directionDay = defineRoute({
  name: 'attendance.read-direction-day',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/direction',
  rights: { staff: directs },
  params: { uai: Uai, date: LocalDate },
  answer: z.object({
    now: Instant,
    timeZone: z.string(),
    schoolDay: z.boolean(),
    closedBecause: z.string().optional(),
    today: DayFigures.omit({ date: true }),
    /** The same day of the week in the four weeks before; absent in the first week of a year. */
    usual: Usual.optional(),
    /** Pupils over a threshold this month whom nobody dealt with yet. */
    raised: z.int(),
  }),
  summary: 'Whether a school’s day is a usual one: attendance and roll calls beside those of the same weekday before.',
  example: {
    answer: {
      now: '2026-11-23T10:05:00.000Z',
      timeZone: 'Europe/Paris',
      schoolDay: true,
      today: { seats: 1204, missed: 66, due: 52, done: 50 },
      usual: { attendance: 0.953, rollCalls: 0.98, days: 4 },
      raised: 2,
    },
  },
});
