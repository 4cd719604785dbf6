import * as z from 'zod';
import { defineEvent, LocalDate, Uai } from '../kernel/index.ts';

export const dayChanged = defineEvent({
  name: 'timetable.day-changed',
  payload: z.object({ uai: Uai, date: LocalDate, target: z.string() }),
  summary: 'A lesson was opened by hand, or marked « n’a pas eu lieu », or that was taken back.',
});
