import * as z from 'zod';
import { defineRoute, guards, Instant, isPupil, LessonId, LocalDate, PersonId, runsSchoolLife, teachesAt, Uai } from '../kernel/index.ts';
import { MAX_REMARK_KINDS, Remark, RemarkId, RemarkKind } from './remark.ts';

const teachersAndSchoolLife = { teacher: teachesAt, staff: runsSchoolLife };
const ofLesson = { uai: Uai, date: LocalDate, lessonId: LessonId };

/** As those who call the roll of the lesson read it. */
const LessonRemark = Remark.pick({ remarkId: true, pupilId: true, kindId: true, label: true, visible: true, text: true, at: true });

const equipment = { kindId: 'k_equipment', label: 'Oubli de matériel', visible: true };
const remarkExample = {
  remarkId: 'o_0197b3c0a1b2c3d4',
  pupilId: 'p_0197b3c0a1b2',
  ...equipment,
  at: '2026-11-23T08:12:00.000Z',
};

export const lessonRemarks = defineRoute({
  name: 'attendance.list-lesson-remarks',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/lessons/{lessonId}/remarks',
  rights: teachersAndSchoolLife,
  params: ofLesson,
  answer: z.object({
    /** What can be noted, in the school’s order. */
    kinds: z.array(RemarkKind),
    /** Noted in this lesson and not taken back, the first first. */
    remarks: z.array(LessonRemark),
  }),
  failures: ['attendance.day-closed'],
  summary: 'What can be noted of the pupils of a lesson, and what was.',
  example: { answer: { kinds: [equipment], remarks: [remarkExample] } },
});

export const makeRemark = defineRoute({
  name: 'attendance.make-remark',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/lessons/{lessonId}/remarks',
  rights: teachersAndSchoolLife,
  params: ofLesson,
  body: z.strictObject({ pupilId: PersonId, kindId: RemarkKind.shape.kindId, text: z.string().trim().min(1).max(200).optional() }),
  answer: LessonRemark,
  idempotent: true,
  failures: [
    'attendance.day-closed',
    'attendance.lesson-in-future',
    'attendance.pupil-outside-lesson',
    'attendance.remark-kind-unknown',
    'request.idempotency-key-reused',
    'attendance.year-over',
  ],
  summary: 'A teacher notes something of a pupil in a lesson: forgotten equipment, an encouragement, an incident.',
  example: { body: { pupilId: 'p_0197b3c0a1b2', kindId: 'k_equipment' }, answer: remarkExample },
});

export const undoRemark = defineRoute({
  name: 'attendance.undo-remark',
  method: 'DELETE',
  path: '/schools/{uai}/days/{date}/lessons/{lessonId}/remarks/{remarkId}',
  rights: teachersAndSchoolLife,
  params: { ...ofLesson, remarkId: RemarkId },
  answer: LessonRemark,
  failures: ['attendance.day-closed', 'attendance.year-over'],
  summary: 'Takes a remark back: the family reads it no more, school life reads that it was taken back. Doing it twice is doing it once.',
  example: { answer: remarkExample },
});

export const pupilRemarks = defineRoute({
  name: 'attendance.list-pupil-remarks',
  method: 'GET',
  path: '/schools/{uai}/pupils/{pupilId}/remarks',
  rights: { guardian: guards, pupil: isPupil },
  params: { uai: Uai, pupilId: PersonId },
  answer: z.object({
    now: Instant,
    timeZone: z.string(),
    /** Of the school year, the last first. */
    remarks: z.array(Remark.pick({ remarkId: true, date: true, startMinute: true, subject: true, label: true, text: true })),
  }),
  summary: 'What teachers noted of a pupil in lessons this school year, where the school shows it to families.',
  example: {
    answer: {
      now: '2026-11-23T17:30:00.000Z',
      timeZone: 'Europe/Paris',
      remarks: [
        { remarkId: 'o_0197b3c0a1b2c3d4', date: '2026-11-23', startMinute: 540, subject: 'Mathématiques', label: 'Oubli de matériel' },
      ],
    },
  },
});

const ShownKinds = z.object({
  /** 0 while the school has the default list; `basedOn` of the next change. */
  rev: z.int(),
  kinds: z.array(RemarkKind),
});

export const listRemarkKinds = defineRoute({
  name: 'attendance.list-remark-kinds',
  method: 'GET',
  path: '/schools/{uai}/remark-kinds',
  rights: { staff: runsSchoolLife },
  params: { uai: Uai },
  answer: ShownKinds,
  summary: 'What teachers of the school can note of a pupil in a lesson, and who reads it.',
  example: { answer: { rev: 0, kinds: [equipment] } },
});

export const setRemarkKinds = defineRoute({
  name: 'attendance.set-remark-kinds',
  method: 'PUT',
  path: '/schools/{uai}/remark-kinds',
  rights: { staff: runsSchoolLife },
  params: { uai: Uai },
  body: z.strictObject({
    basedOn: z.int().min(0).max(1_000_000),
    /** The whole list, in its order. One without `kindId` is new; one left out is no longer offered. */
    kinds: z
      .array(RemarkKind.partial({ kindId: true }).strict())
      .min(1)
      .max(MAX_REMARK_KINDS),
  }),
  answer: ShownKinds,
  failures: ['attendance.remark-kinds-changed', 'attendance.remark-kind-unknown', 'attendance.remark-kind-twice'],
  summary: 'Sets what teachers can note. What was noted before keeps its words and its readers.',
  example: { body: { basedOn: 0, kinds: [equipment] }, answer: { rev: 1, kinds: [equipment] } },
});
