import * as z from 'zod';
import { defineRoute, Instant, LocalDate, MinuteOfDay, runsSchoolLife, Uai } from '../kernel/index.ts';
import { Mark } from './episode.ts';
import { LessonCard, PupilName } from './routes.ts';

/** A pupil of the evacuation sheet. */
const PlacedPupil = PupilName.extend({
  regime: z.string().optional(),
  state: z.enum(['present', 'elsewhere', 'absent', 'out', 'unknown']),
  /** What says so, or of someone unknown the last that was said: on a day nobody has said anything of them it is absent. */
  word: z
    .object({
      says: z.enum(['present', 'elsewhere', 'absent', 'out']),
      minute: MinuteOfDay,
      place: Mark.shape.place,
      announced: z.literal(true).optional(),
    })
    .optional(),
  /** The lesson they have now, called or not: its place in `lessons`. */
  lesson: z.int().min(0).optional(),
  /** Of who eats at school: will be missed at table, or may be. */
  table: z.enum(['away', 'unsure']).optional(),
});

export const presence = defineRoute({
  name: 'attendance.read-presence',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/presence',
  rights: { staff: runsSchoolLife },
  params: { uai: Uai, date: LocalDate },
  answer: z.object({
    date: LocalDate,
    now: Instant,
    timeZone: z.string(),
    schoolDay: z.boolean(),
    closedBecause: z.string().optional(),
    /** Going on now. */
    lessons: z.array(LessonCard.extend({ called: z.boolean() })),
    /** Every pupil of the school’s lists, by class and name. */
    pupils: z.array(PlacedPupil),
  }),
  summary:
    'Where every pupil is right now, by class: « Présents maintenant », the evacuation sheet, and who will be missed at table. What is not known is said to be unknown.',
  example: {
    answer: {
      date: '2026-11-23',
      now: '2026-11-23T08:34:00.000Z',
      timeZone: 'Europe/Paris',
      schoolDay: true,
      lessons: [
        {
          lessonId: 'l_9f86d081884c7d65',
          startMinute: 540,
          endMinute: 595,
          subject: 'Mathématiques',
          groupIds: ['g_01j8z0example'],
          groupLabels: ['5e B'],
          rooms: ['104'],
          unscheduled: false,
          called: true,
        },
      ],
      pupils: [
        {
          pupilId: 'p_0197b3c0a1b2',
          familyName: 'LEMOINE',
          givenName: 'Inès',
          sex: 'F',
          classLabel: '5e B',
          regime: 'half-board',
          state: 'absent',
          word: { says: 'absent', minute: 540 },
          lesson: 0,
          table: 'away',
        },
      ],
    },
  },
});
