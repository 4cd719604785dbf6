import * as z from 'zod';
import { Names } from '../directory/person.ts';
import { defineRoute, Instant, LocalDate, reachesFamilies, TimeZone, Uai } from '../kernel/index.ts';
import { ToldLate } from './table.ts';

/** Days that are looked back on: as long as a failure queue keeps what is in it. */
export const LATE_DAYS = 14;

export const listToldLate = defineRoute({
  name: 'notifications.list-told-late',
  method: 'GET',
  path: '/schools/{uai}/told-late',
  rights: { staff: reachesFamilies },
  params: { uai: Uai },
  answer: z.object({
    now: Instant,
    timeZone: TimeZone,
    /** The first day that is looked at. */
    since: LocalDate,
    families: z.array(
      ToldLate.pick({ date: true, of: true, dueAt: true, at: true, pupilId: true, episodeId: true }).extend({
        /** Absent once the pupil has left. */
        pupil: Names.optional(),
      }),
    ),
  }),
  summary: 'Families who heard of an absence later than was due because something failed, of the last fortnight, the latest first.',
  example: {
    answer: {
      now: '2026-09-28T07:30:00.000Z',
      timeZone: 'Europe/Paris',
      since: '2026-09-15',
      families: [
        {
          date: '2026-09-28',
          of: '2026-09-15',
          dueAt: '2026-09-15T07:17:00.000Z',
          at: '2026-09-28T07:12:00.000Z',
          pupilId: 'p_0h2k4m6n8p0q2r4s6t8v0w2x4y',
          episodeId: 'e_1h2k4m6n8p0q2r4s6t8v0w2x4y',
          pupil: { familyName: 'LEMOINE', givenName: 'Inès' },
        },
      ],
    },
  },
});
