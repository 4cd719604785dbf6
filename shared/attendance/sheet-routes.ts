import * as z from 'zod';
import { defineRoute, GroupId, Instant, LocalDate, MinuteOfDay, runsSchoolLife, Uai } from '../kernel/index.ts';
import { Mark, MarkState } from './episode.ts';
import { Month } from './pupil-month.ts';
import { LessonCard, lessonExample, PupilName } from './routes.ts';

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
          ...lessonExample,
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

/** What the register says of a pupil in a lesson: `open` no validated roll call says anything yet. */
const RegisterEntry = z.object({
  /** The lesson’s place in `lessons`. */
  lesson: z.int().min(0),
  is: z.union([MarkState, z.literal('open')]),
  minutes: Mark.shape.minutes,
});

export const register = defineRoute({
  name: 'attendance.read-register',
  method: 'GET',
  path: '/schools/{uai}/groups/{groupId}/register/{date}',
  rights: { staff: runsSchoolLife },
  params: { uai: Uai, groupId: GroupId, date: LocalDate },
  answer: z.object({
    groupId: GroupId,
    label: z.string(),
    from: LocalDate,
    until: LocalDate,
    days: z.array(z.object({ date: LocalDate, schoolDay: z.boolean(), closedBecause: z.string().optional() })),
    /** By day and start. */
    lessons: z.array(LessonCard.extend({ date: LocalDate })),
    /** By name, whoever was in the class or group on any day of the week; a lesson that is not among their entries was not theirs. */
    pupils: z.array(PupilName.extend({ entries: z.array(RegisterEntry) })),
  }),
  summary:
    'The register of a class or group for the week of a day, Monday to Saturday: every lesson its pupils had, and what the validated roll calls say of each. Printed blank it is a roll sheet.',
  example: {
    answer: {
      groupId: 'g_01j8z0example',
      label: '5e B',
      from: '2026-11-23',
      until: '2026-11-28',
      days: [{ date: '2026-11-23', schoolDay: true }],
      lessons: [
        {
          date: '2026-11-23',
          ...lessonExample,
        },
      ],
      pupils: [{ pupilId: 'p_0197b3c0a1b2', familyName: 'LEMOINE', givenName: 'Inès', entries: [{ lesson: 0, is: 'late', minutes: 7 }] }],
    },
  },
});

export const registerCsv = defineRoute({
  name: 'attendance.register-csv',
  method: 'GET',
  path: '/schools/{uai}/months/{month}/groups/{groupId}/register.csv',
  rights: { staff: runsSchoolLife },
  params: { uai: Uai, month: Month, groupId: GroupId },
  query: {
    /** The month alone, or the school year until its end. */
    span: z.enum(['month', 'year']).default('month'),
    language: z.enum(['fr', 'en']).default('fr'),
  },
  answer: z.string(),
  media: 'text/csv',
  summary:
    'The register of a class or group as a file for the archive: every lesson missed or begun late, by pupil and day, with what the school made of it; whoever missed nothing is in it too. No cell can run as a formula.',
  example: { answer: 'nom;prénom;classe;date;début;fin;constat;minutes;recevable;motif\n' },
});
