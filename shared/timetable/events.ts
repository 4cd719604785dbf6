import * as z from 'zod';
import { defineEvent, LocalDate, Uai } from '../kernel/index.ts';

/** The target of a change that concerns every lesson of the day: the school is closed, or open after all. */
export const WHOLE_DAY = 'day';

export const dayChanged = defineEvent({
  name: 'timetable.day-changed',
  /** `target`: a lesson, a class or group, a teacher, or `WHOLE_DAY`. */
  payload: z.object({ uai: Uai, date: LocalDate, target: z.string() }),
  summary: 'A lesson was opened by hand or marked « n’a pas eu lieu », a day was closed, or that was taken back.',
});
