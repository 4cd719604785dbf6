import * as z from 'zod';
import { defineRoute, Instant, LessonId, LocalDate, MinuteOfDay, PersonId, runsSchoolLife, teachesAt, Uai } from '../kernel/index.ts';
import { PupilName } from './routes.ts';
import { Stay, StayEnd, StayId } from './stay.ts';

const teachersAndSchoolLife = { teacher: teachesAt, staff: runsSchoolLife };
const ofPupilDay = { uai: Uai, date: LocalDate, pupilId: PersonId };
const ofStay = { ...ofPupilDay, stayId: StayId };

/** As those who call the roll read it: where and since when, never why. */
export const PlainStay = Stay.pick({ stayId: true, place: true, fromMinute: true });
export type PlainStay = z.infer<typeof PlainStay>;
const plainExample = { stayId: 'y_0197b3c0a1b2c3d4', place: 'infirmary', fromMinute: 612 } as const;

/** The lesson a teacher speaks from; school life needs none. */
const fromLesson = { lessonId: LessonId.optional() };

export const noteStay = defineRoute({
  name: 'attendance.note-stay',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/stays',
  rights: teachersAndSchoolLife,
  params: ofPupilDay,
  body: z
    .strictObject({
      ...Stay.pick({ place: true, fromMinute: true, excluded: true }).shape,
      text: z.string().trim().min(1).max(300).optional(),
      ...fromLesson,
    })
    .refine(({ text, excluded }) => text === undefined || excluded, 'words are for who was sent out: health is never written'),
  answer: PlainStay,
  idempotent: true,
  failures: [
    'attendance.stay-in-future',
    'attendance.day-closed',
    'attendance.lesson-not-named',
    'attendance.pupil-outside-lesson',
    'attendance.staying-already',
    'attendance.too-many-entries',
    'request.idempotency-key-reused',
    'attendance.year-over',
  ],
  summary:
    'A pupil leaves class for the infirmary, or is sent out of it to school life. It is under the school’s responsibility: no lesson in it is missed, no family is told.',
  example: { body: { place: 'infirmary', fromMinute: 612, lessonId: 'l_9f86d081884c7d65' }, answer: plainExample },
});

export const endStay = defineRoute({
  name: 'attendance.end-stay',
  method: 'PUT',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/stays/{stayId}/end',
  rights: teachersAndSchoolLife,
  params: ofStay,
  body: z.strictObject({ ...StayEnd.pick({ minute: true, to: true }).shape, ...fromLesson }),
  answer: PlainStay,
  failures: [
    'attendance.stay-in-future',
    'attendance.day-closed',
    'attendance.lesson-not-named',
    'attendance.stay-ended',
    'attendance.too-many-entries',
    'attendance.year-over',
  ],
  summary:
    '« Retour en cours », or « remis à la famille », which school life alone says and which is an exit. Saying the same twice is saying it once.',
  example: { body: { minute: 640, to: 'class' }, answer: plainExample },
});

export const reopenStay = defineRoute({
  name: 'attendance.reopen-stay',
  method: 'DELETE',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/stays/{stayId}/end',
  rights: { staff: runsSchoolLife },
  params: ofStay,
  answer: PlainStay,
  failures: ['attendance.stay-ended', 'attendance.too-many-entries', 'attendance.year-over'],
  summary: 'The stay goes on after all; the exit that was noted with its end is taken back too.',
  example: { answer: plainExample },
});

export const undoStay = defineRoute({
  name: 'attendance.undo-stay',
  method: 'DELETE',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/stays/{stayId}',
  rights: teachersAndSchoolLife,
  params: ofStay,
  answer: PlainStay,
  failures: ['attendance.year-over'],
  summary: 'They never went there: what was marked absent in it counts again. A teacher takes back their own. Twice is once.',
  example: { answer: plainExample },
});

export const listStays = defineRoute({
  name: 'attendance.list-stays',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/stays',
  rights: { staff: runsSchoolLife },
  params: { uai: Uai, date: LocalDate },
  answer: z.object({
    date: LocalDate,
    now: Instant,
    timeZone: z.string(),
    schoolDay: z.boolean(),
    /** Those going on first, the longest first; then those over, the last first. */
    stays: z.array(
      Stay.pick({ stayId: true, place: true, fromMinute: true, excluded: true, text: true, lesson: true }).extend({
        pupil: PupilName,
        /** Who noted it. */
        by: z.string(),
        /** Until they came back, were handed over, or were seen in class or gone. */
        untilMinute: MinuteOfDay.optional(),
        to: StayEnd.shape.to.optional(),
        /** The lesson they have now: where to send them back. */
        now: z.object({ subject: z.string(), rooms: z.array(z.string()), endMinute: MinuteOfDay }).optional(),
      }),
    ),
  }),
  summary: 'Who is at the infirmary or with school life, since when and from which lesson; and who was, today.',
  example: {
    answer: {
      date: '2026-11-23',
      now: '2026-11-23T09:20:00.000Z',
      timeZone: 'Europe/Paris',
      schoolDay: true,
      stays: [
        {
          ...plainExample,
          lesson: { lessonId: 'l_9f86d081884c7d65', subject: 'Mathématiques' },
          pupil: { pupilId: 'p_0197b3c0a1b2', familyName: 'LEMOINE', givenName: 'Inès', sex: 'F', classLabel: '5e B' },
          by: 'M. Ferrand',
        },
      ],
    },
  },
});
