import * as z from 'zod';
import {
  AbsenceId,
  defineRoute,
  EpisodeId,
  GroupId,
  guards,
  Instant,
  isPupil,
  LessonId,
  LocalDate,
  MinuteOfDay,
  PersonId,
  runsSchoolLife,
  teachesAt,
  Uai,
  worksAt,
} from '../kernel/index.ts';
import { Answer, AnswerId, AnswerReason } from './answer.ts';
import { Arrangement } from './arrangement.ts';
import { Episode, Mark, MarkState } from './episode.ts';
import { Movement, MovementId } from './pupil-day.ts';
import { Stay } from './stay.ts';
import { RollCall } from './table.ts';

const Names = z.object({ familyName: z.string(), givenName: z.string() });
export const PupilName = Names.extend({ pupilId: PersonId, sex: z.enum(['F', 'M']).optional(), classLabel: z.string().optional() });
export type PupilName = z.infer<typeof PupilName>;

/** A lesson as pages show it. */
export const LessonCard = z.object({
  lessonId: LessonId,
  startMinute: MinuteOfDay,
  endMinute: MinuteOfDay,
  subject: z.string(),
  /** Its classes and groups: sent back with the lesson, they save a reading. */
  groupIds: z.array(GroupId),
  groupLabels: z.array(z.string()),
  rooms: z.array(z.string()),
  unscheduled: z.boolean(),
  notHeld: z.enum(['teacher-absent', 'outing', 'exam', 'placement', 'other']).optional(),
});
export type LessonCard = z.infer<typeof LessonCard>;

const RollCallState = z.enum(['todo', 'begun', 'done']);

/** The school’s own clock, for « en cours », « hier », counts of minutes. */
const now = { now: Instant, timeZone: z.string() };

/** An absence known before the roll call. Its source and hour, never its reason: screens are projected. */
export const KnownAbsence = z.object({
  /** What the roll call is prefilled with. */
  state: z.enum(['absent', 'late', 'excused', 'elsewhere', 'exempt']),
  /** Minutes late, for someone school life saw arrive. */
  minutes: z.int().optional(),
  /** Where, for `elsewhere`. */
  place: Mark.shape.place,
  /** Exempted, yet must be in the room: nothing is prefilled. */
  inRoom: z.literal(true).optional(),
  source: z.enum(['family', 'school-life']),
  /** When it was noted: « Famille, hier à 18 h 20 ». */
  at: Instant,
});
export type KnownAbsence = z.infer<typeof KnownAbsence>;

export const SheetPupil = PupilName.extend({
  /** Added to this lesson by hand. */
  added: z.boolean(),
  /** The exception now recorded; absent for present. */
  mark: Mark.omit({ pupilId: true }).optional(),
  known: KnownAbsence.optional(),
  /** Absent at the lesson before: a hint, never prefilled. */
  absentBefore: z.boolean(),
  /** Last seen arriving or leaving by school life today. */
  arrivedMinute: MinuteOfDay.optional(),
  leftMinute: MinuteOfDay.optional(),
  /** At the infirmary, or with school life, when the roll is called or since: where and since when, never why. */
  stay: Stay.pick({ stayId: true, place: true, fromMinute: true }).optional(),
});
export type SheetPupil = z.infer<typeof SheetPupil>;

const uai = { uai: Uai };
const ofDay = { uai: Uai, date: LocalDate };
const ofLesson = { ...ofDay, lessonId: LessonId };
const ofPupilDay = { ...ofDay, pupilId: PersonId };
/**
 * The lesson’s classes and groups as the page knows them (`groupIds` of its card), separated by commas. They only say what to read
 * with the lesson: wrong or missing ones cost a reading more and change nothing.
 */
const LessonGroups = z
  .string()
  .regex(/^g_[0-9a-z-]{8,64}(,g_[0-9a-z-]{8,64}){0,9}$/)
  .optional();
const teachersAndSchoolLife = { teacher: teachesAt, staff: runsSchoolLife };

const example = {
  pupilId: 'p_0197b3c0a1b2',
  familyName: 'LEMOINE',
  givenName: 'Inès',
  sex: 'F',
  classLabel: '5e B',
} as const;
export const lessonExample = {
  lessonId: 'l_9f86d081884c7d65',
  startMinute: 540,
  endMinute: 595,
  subject: 'Mathématiques',
  groupIds: ['g_01j8z0example'],
  groupLabels: ['5e B'],
  rooms: ['104'],
  unscheduled: false,
};
const nowExample = { now: '2026-11-23T08:04:00.000Z', timeZone: 'Europe/Paris' };

export const lessonSheet = defineRoute({
  name: 'attendance.read-lesson-sheet',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/lessons/{lessonId}',
  rights: teachersAndSchoolLife,
  params: ofLesson,
  query: { groups: LessonGroups },
  answer: z.object({
    date: LocalDate,
    ...now,
    lesson: LessonCard,
    state: RollCallState,
    /** 0 when nothing was saved; `basedOn` of the next save. */
    revision: z.int(),
    savedAt: Instant.optional(),
    /** Who saved last: « M. Ferrand », or school life. */
    savedBy: z.object({ personId: PersonId, name: z.string() }).optional(),
    /** In the order of a class list. */
    roster: z.array(SheetPupil),
    /** « Pas dans mon groupe ». */
    removed: z.array(PupilName),
    /** Minutes between validation and the first message. */
    graceMinutes: z.int(),
    /** When families would be told at the earliest, were it validated now; once validated, when the next one will be. */
    tellAt: Instant.optional(),
  }),
  summary: 'A lesson’s list with what is recorded and what is already known.',
  failures: ['attendance.day-closed'],
  example: {
    answer: {
      date: '2026-11-23',
      ...nowExample,
      lesson: lessonExample,
      state: 'todo',
      revision: 0,
      roster: [{ ...example, added: false, absentBefore: false }],
      removed: [],
      graceMinutes: 10,
      tellAt: '2026-11-23T08:15:00.000Z',
    },
  },
});

/** Everybody is present who is not in `marks`. */
export const RollCallInput = z.strictObject({
  state: z.enum(['begun', 'done']),
  /** The revision that was on the screen; 0 when there was none. */
  basedOn: z.int().min(0).max(1_000_000),
  marks: z
    .array(Mark.strict())
    .max(90)
    .refine((marks) => new Set(marks.map(({ pupilId }) => pupilId)).size === marks.length, 'a pupil has one mark'),
  /** As many as a study room holds. */
  added: z.array(PersonId).max(90).default([]),
  removed: z.array(PersonId).max(90).default([]),
});
export type RollCallInput = z.infer<typeof RollCallInput>;

export const saveRollCall = defineRoute({
  name: 'attendance.save-roll-call',
  method: 'PUT',
  path: '/schools/{uai}/days/{date}/lessons/{lessonId}/roll-call',
  rights: teachersAndSchoolLife,
  params: ofLesson,
  query: { groups: LessonGroups },
  body: RollCallInput,
  answer: z.object({
    state: RollCall.shape.state,
    revision: z.int(),
    savedAt: Instant,
    /** When the first family will be told, unless it is corrected before; absent when nobody will be. */
    tellAt: Instant.optional(),
    /** Absent here, seen elsewhere in the slot: nobody is told, school life checks. */
    toCheck: z.array(PersonId),
  }),
  idempotent: true,
  failures: [
    'attendance.roll-call-changed',
    'attendance.roll-call-already-done',
    'attendance.roll-call-too-large',
    'attendance.pupil-outside-lesson',
    'attendance.mark-impossible',
    'attendance.lesson-in-future',
    'attendance.lesson-not-held',
    'attendance.day-closed',
    'attendance.too-many-entries',
    'request.idempotency-key-reused',
    'attendance.year-over',
  ],
  summary:
    'Begins, validates or corrects a roll call: one request, one transaction. A 409 `attendance.roll-call-changed` carries in its details `current` (revision, state, savedBy, savedAt, marks, added, removed) and `yours`.',
  example: {
    body: { state: 'done', basedOn: 0, marks: [{ pupilId: 'p_0197b3c0a1b2', state: 'absent' }], added: [], removed: [] },
    answer: { state: 'done', revision: 1, savedAt: '2026-11-23T08:04:00.000Z', tellAt: '2026-11-23T08:15:00.000Z', toCheck: [] },
  },
});

export const teacherDay = defineRoute({
  name: 'attendance.read-teacher-day',
  method: 'GET',
  path: '/schools/{uai}/days/{date}',
  rights: { teacher: teachesAt },
  params: ofDay,
  answer: z.object({
    date: LocalDate,
    ...now,
    schoolDay: z.boolean(),
    closedBecause: z.string().optional(),
    lessons: z.array(
      LessonCard.extend({
        state: RollCallState,
        revision: z.int(),
        savedAt: Instant.optional(),
        /** « Appel non envoyé »: it has begun, was held, and nobody validated it. */
        unsent: z.boolean(),
      }),
    ),
  }),
  summary: 'The teacher’s lessons of a day and where their roll calls stand.',
  example: {
    answer: {
      date: '2026-11-23',
      ...nowExample,
      schoolDay: true,
      lessons: [{ ...lessonExample, state: 'todo', revision: 0, unsent: true }],
    },
  },
});

const ReadableAnswer = Answer.omit({ guardianId: true, guardian: true }).extend({
  guardian: Names.extend({ personId: PersonId, civility: z.string().optional() }),
});

/** A pupil of the board. */
const BoardPupil = PupilName.extend({ regime: z.string().optional() });

export const Absentee = BoardPupil.extend({
  absenceId: AbsenceId,
  /** Absent when known to school life alone. */
  episode: Episode.pick({
    episodeId: true,
    state: true,
    startMinute: true,
    savedAt: true,
    dueAt: true,
    seenBefore: true,
  }).optional(),
  fromMinute: MinuteOfDay,
  /** The last lesson in which the pupil was seen, today. */
  seenMinute: MinuteOfDay.optional(),
  lessons: z.array(z.object({ startMinute: MinuteOfDay, endMinute: MinuteOfDay, subject: z.string() })),
  /** Announced, or noted at the desk. */
  known: KnownAbsence.pick({ source: true, at: true })
    .extend({ reason: AnswerReason.optional(), announcedBy: PersonId.optional() })
    .optional(),
  answers: z.array(ReadableAnswer),
  /** Why it stands where it stands. */
  urgency: z.enum(['did-not-know', 'seen-then-gone', 'without-reason', 'answered', 'known']),
});
export type Absentee = z.infer<typeof Absentee>;

export const board = defineRoute({
  name: 'attendance.read-board',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/board',
  rights: { staff: runsSchoolLife },
  params: ofDay,
  answer: z.object({
    date: LocalDate,
    ...now,
    schoolDay: z.boolean(),
    closedBecause: z.string().optional(),
    counters: z.object({
      /** Pupils of the lessons going on, or of the last slot that began. */
      expected: z.int(),
      present: z.int(),
      absentWithoutReason: z.int(),
      absentKnown: z.int(),
      late: z.int(),
      rollCallsDue: z.int(),
      rollCallsDone: z.int(),
    }),
    /** Missing now, the most urgent first. */
    absentees: z.array(Absentee),
    /** Missed something today and were seen since. */
    returned: z.array(BoardPupil.extend({ absenceId: AbsenceId, fromMinute: MinuteOfDay, untilMinute: MinuteOfDay })),
    latecomers: z.array(
      BoardPupil.extend({
        startMinute: MinuteOfDay,
        subject: z.string().optional(),
        minutes: z.int(),
        source: z.enum(['roll-call', 'desk']),
      }),
    ),
    /** Lessons that have begun, were held and are not validated. */
    rollCalls: z.array(
      LessonCard.extend({
        state: z.enum(['todo', 'begun']),
        /** Since the lesson began. */
        minutesElapsed: z.int(),
        teachers: z.array(Names.extend({ personId: PersonId, civility: z.string().optional() })),
        /** When its teachers were last asked for it, and whether that went by itself. */
        reminder: z.object({ at: Instant, automatic: z.boolean() }).optional(),
      }),
    ),
    /** Absent here, seen elsewhere in the slot. */
    toCheck: z.array(
      BoardPupil.extend({
        absentIn: z.object({ lessonId: LessonId, startMinute: MinuteOfDay, subject: z.string() }),
        seenIn: z.array(z.object({ lessonId: LessonId, startMinute: MinuteOfDay, subject: z.string() })),
      }),
    ),
    /** What the desk noted today, the last first. */
    movements: z.array(Movement.extend({ pupil: BoardPupil })),
  }),
  summary: 'School life’s live view of a day: who is missing, by urgency, and which roll calls are not done.',
  example: {
    answer: {
      date: '2026-11-23',
      ...nowExample,
      schoolDay: true,
      counters: { expected: 412, present: 386, absentWithoutReason: 9, absentKnown: 12, late: 5, rollCallsDue: 16, rollCallsDone: 13 },
      absentees: [
        {
          ...example,
          absenceId: 'a_20261123-0750001a-0197b3c0a1b2-1',
          fromMinute: 540,
          seenMinute: 485,
          lessons: [{ startMinute: 540, endMinute: 595, subject: 'Mathématiques' }],
          answers: [],
          urgency: 'seen-then-gone',
        },
      ],
      returned: [],
      latecomers: [],
      rollCalls: [],
      toCheck: [],
      movements: [],
    },
  },
});

export const relaunchRollCall = defineRoute({
  name: 'attendance.relaunch-roll-call',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/lessons/{lessonId}/reminder',
  rights: { staff: runsSchoolLife },
  params: ofLesson,
  query: { groups: LessonGroups },
  answer: z.object({ lessonId: LessonId, at: Instant }),
  failures: ['attendance.day-closed', 'attendance.roll-call-not-due', 'attendance.reminded-just-now', 'attendance.year-over'],
  summary: 'Asks the teachers of a lesson for its roll call: a lesson that has begun, at most once in five minutes.',
  example: { answer: { lessonId: lessonExample.lessonId, at: nowExample.now } },
});

export const noteMovement = defineRoute({
  name: 'attendance.note-movement',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/movements',
  rights: { staff: runsSchoolLife },
  params: ofPupilDay,
  body: z
    .strictObject({
      kind: Movement.shape.kind,
      minute: MinuteOfDay,
      until: MinuteOfDay.optional(),
      announcedBy: PersonId.optional(),
      reason: AnswerReason.exclude(['unknown']).optional(),
    })
    .refine(({ kind, until, announcedBy }) => kind === 'announced' || (until === undefined && announcedBy === undefined))
    .refine(({ minute, until }) => until === undefined || minute < until),
  answer: Movement,
  idempotent: true,
  failures: [
    'attendance.movement-in-future',
    'attendance.day-closed',
    'attendance.not-a-guardian',
    'attendance.too-many-entries',
    'request.idempotency-key-reused',
    'attendance.year-over',
  ],
  summary: 'School life’s desk: « Arrivé », « Sorti », « Absence annoncée ». It prefills, cancels and corrects.',
  example: {
    body: { kind: 'arrived', minute: 502 },
    answer: {
      movementId: 'm_0197b3c0a1b2c3d4',
      kind: 'arrived',
      minute: 502,
      by: 'p_0197b3c0ffff',
      byDoor: 'staff',
      at: '2026-11-23T07:22:00.000Z',
    },
  },
});

export const undoMovement = defineRoute({
  name: 'attendance.undo-movement',
  method: 'DELETE',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/movements/{movementId}',
  rights: { staff: runsSchoolLife },
  params: { ...ofPupilDay, movementId: MovementId },
  answer: Movement,
  failures: ['attendance.year-over'],
  summary: 'Takes back what the desk noted; doing it twice is doing it once.',
  example: {
    answer: {
      movementId: 'm_0197b3c0a1b2c3d4',
      kind: 'arrived',
      minute: 502,
      by: 'p_0197b3c0ffff',
      byDoor: 'staff',
      at: '2026-11-23T07:22:00.000Z',
      undone: { by: 'p_0197b3c0ffff', at: '2026-11-23T07:23:00.000Z' },
    },
  },
});

/** Days an absence may be announced at once, and how far ahead. */
export const ANNOUNCED_DAYS = 31;
export const ANNOUNCED_AHEAD = 365;

export const announceAbsence = defineRoute({
  name: 'attendance.announce-absence',
  method: 'POST',
  path: '/schools/{uai}/pupils/{pupilId}/announcements',
  rights: { guardian: guards },
  params: { ...uai, pupilId: PersonId },
  body: z
    .strictObject({
      from: LocalDate,
      /** Included. */
      until: LocalDate,
      /** Part of one day; whole days without. */
      fromMinute: MinuteOfDay.optional(),
      untilMinute: MinuteOfDay.optional(),
      reason: AnswerReason.exclude(['unknown']).optional(),
    })
    .refine(({ from, until }) => from <= until)
    .refine(({ from, until, fromMinute, untilMinute }) => from === until || (fromMinute === undefined && untilMinute === undefined))
    .refine(({ fromMinute = 0, untilMinute = 1440 }) => fromMinute < untilMinute),
  answer: z.object({ announcementId: MovementId, from: LocalDate, until: LocalDate, at: Instant }),
  idempotent: true,
  failures: [
    'attendance.announcement-too-long',
    'attendance.announcement-out-of-range',
    'attendance.too-many-entries',
    'request.idempotency-key-reused',
  ],
  summary: 'A guardian announces their own child’s absence, for a part of a day or up to 31 days.',
  example: {
    body: { from: '2026-11-24', until: '2026-11-25', reason: 'illness' },
    answer: { announcementId: 'm_0197b3c0a1b2c3d4', from: '2026-11-24', until: '2026-11-25', at: '2026-11-23T17:20:00.000Z' },
  },
});

export const withdrawAnnouncement = defineRoute({
  name: 'attendance.withdraw-announcement',
  method: 'DELETE',
  path: '/schools/{uai}/pupils/{pupilId}/announcements/{announcementId}',
  rights: { guardian: guards },
  params: { ...uai, pupilId: PersonId, announcementId: MovementId },
  answer: z.object({
    announcementId: MovementId,
    /** The days that are not announced any more: those that had not begun. */
    withdrawn: z.array(LocalDate),
  }),
  failures: ['attendance.announcement-begun'],
  summary: 'A guardian takes back what they announced, for the days that have not begun; doing it twice is doing it once.',
  example: { answer: { announcementId: 'm_0197b3c0a1b2c3d4', withdrawn: ['2026-11-24', '2026-11-25'] } },
});

/** An arrangement as a family reads it. */
const ArrangedForPupil = Arrangement.pick({
  kind: true,
  from: true,
  until: true,
  fromMinute: true,
  untilMinute: true,
  weekdays: true,
  inRoom: true,
}).extend({ subject: z.string().optional() });

const HalfDay = z.enum(['absent', 'known', 'late']);

export const pupilAttendance = defineRoute({
  name: 'attendance.read-pupil-attendance',
  method: 'GET',
  path: '/schools/{uai}/pupils/{pupilId}',
  rights: { guardian: guards, pupil: isPupil, staff: worksAt },
  params: { ...uai, pupilId: PersonId },
  answer: z.object({
    pupil: PupilName,
    ...now,
    today: z.object({
      date: LocalDate,
      schoolDay: z.boolean(),
      closedBecause: z.string().optional(),
      /** The ribbon: the day lesson by lesson. `unknown`: begun, no roll call yet. */
      lessons: z.array(
        z.object({
          lessonId: LessonId,
          startMinute: MinuteOfDay,
          endMinute: MinuteOfDay,
          subject: z.string(),
          rooms: z.array(z.string()),
          state: z.enum([...MarkState.options, 'announced', 'not-held', 'unknown', 'to-come']),
          minutes: z.int().optional(),
          /** Where, for `elsewhere`. */
          place: Mark.shape.place,
          current: z.boolean(),
        }),
      ),
      /** What the last roll call or the desk says; `unknown` before the first one. */
      status: z.enum(['present', 'absent', 'announced', 'left', 'away', 'unknown']),
      /** Of `away`: nobody was told to expect them in class. */
      awayFor: Arrangement.shape.kind.exclude(['exemption']).optional(),
      /** Of that roll call or movement. */
      statusAt: Instant.optional(),
      sinceMinute: MinuteOfDay.optional(),
    }),
    /** Missed without an announcement, not settled by school life, and not yet answered by the caller (by anyone, for staff); the last first. */
    toJustify: z.array(
      z.object({
        date: LocalDate,
        episodeId: EpisodeId,
        fromMinute: MinuteOfDay,
        untilMinute: MinuteOfDay,
        subject: z.string(),
        state: Episode.shape.state,
        seenMinute: MinuteOfDay.optional(),
      }),
    ),
    /** The caller’s own answers of the last 30 days, the last first. */
    answered: z.array(z.object({ date: LocalDate, episodeId: EpisodeId, reason: AnswerReason, at: Instant })),
    /** Days to come that are announced. */
    announced: z.array(
      z.object({
        date: LocalDate,
        fromMinute: MinuteOfDay,
        untilMinute: MinuteOfDay,
        /** What the caller may still withdraw: their own, not begun. */
        announcementId: MovementId.optional(),
      }),
    ),
    /** Outings, placements and exemptions of today and to come, the first first. */
    arranged: z.array(ArrangedForPupil),
    /** The last 30 days: only those with anything but presence, the last first. */
    days: z.array(
      z.object({
        date: LocalDate,
        morning: HalfDay.optional(),
        afternoon: HalfDay.optional(),
        absences: z.array(z.object({ absenceId: AbsenceId, fromMinute: MinuteOfDay, untilMinute: MinuteOfDay, known: z.boolean() })),
        late: z.array(z.object({ startMinute: MinuteOfDay, subject: z.string(), minutes: z.int() })),
      }),
    ),
  }),
  summary: 'A pupil’s day now, what is to be justified, and the last 30 days.',
  example: {
    answer: {
      pupil: example,
      ...nowExample,
      today: { date: '2026-11-23', schoolDay: true, lessons: [], status: 'unknown' },
      toJustify: [],
      answered: [],
      announced: [],
      arranged: [],
      days: [],
    },
  },
});

export const justify = defineRoute({
  name: 'attendance.justify-absence',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/answers',
  rights: { guardian: guards, pupil: isPupil },
  params: ofPupilDay,
  body: z.strictObject({ episodeId: EpisodeId, reason: AnswerReason, withProof: z.boolean().default(false) }),
  answer: z.object({
    answerId: AnswerId,
    at: Instant,
    /** Where to post the proof (a form with these fields, then `file`), when it was asked for. */
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }).optional(),
  }),
  failures: ['attendance.too-many-entries', 'attendance.not-of-age', 'attendance.year-over'],
  summary:
    'A guardian, or the pupil from 18 on, says from home what happened. « Motif transmis »: only school life says whether it is admissible.',
  example: {
    body: { episodeId: 'e_20261123-0750001a-0197b3c0a1b2-1', reason: 'transport' },
    answer: { answerId: 'w_0197b3c0a1b2c3d4', at: '2026-11-23T08:30:00.000Z' },
  },
});

const token = { token: z.string().max(2100) };
/** What the bucket adds to the address it sends a browser back to. */
const fromBucket = { bucket: z.string().max(200).optional(), key: z.string().max(1100).optional(), etag: z.string().max(200).optional() };

export const openAnswer = defineRoute({
  name: 'attendance.open-answer',
  method: 'GET',
  path: '/answers/{token}',
  rights: 'public',
  params: token,
  media: 'text/html',
  answer: z.string(),
  summary: 'The page an absence mail leads to: no sign-in, no script, write-only.',
  example: {},
});

export const sendAnswer = defineRoute({
  name: 'attendance.send-answer',
  method: 'POST',
  path: '/answers/{token}',
  rights: 'public',
  params: token,
  body: z.strictObject({ reason: AnswerReason }),
  form: true,
  media: 'text/html',
  answer: z.string(),
  failures: ['attendance.too-many-entries'],
  summary: 'What the guardian says happened; ends in « motif transmis » and offers to add a proof.',
  example: { body: { reason: 'illness' } },
});

export const receiveProof = defineRoute({
  name: 'attendance.receive-proof',
  method: 'GET',
  path: '/answers/{token}/proofs/{answerId}',
  rights: 'public',
  params: { ...token, answerId: AnswerId },
  query: fromBucket,
  media: 'text/html',
  answer: z.string(),
  summary: 'Where the bucket sends the browser once the proof is stored.',
  example: {},
});

export const listAnswers = defineRoute({
  name: 'attendance.list-answers',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/answers',
  rights: { staff: runsSchoolLife },
  params: ofDay,
  answer: z.object({ answers: z.array(ReadableAnswer.extend({ pupil: PupilName, fromMinute: MinuteOfDay, subject: z.string() })) }),
  summary: 'What guardians answered about a day, the last first.',
  example: { answer: { answers: [] } },
});

export const readProof = defineRoute({
  name: 'attendance.read-proof',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/answers/{answerId}/proof',
  rights: { staff: runsSchoolLife },
  params: { ...ofPupilDay, answerId: AnswerId },
  query: { part: z.coerce.number().int().min(0).max(9).default(0) },
  answer: z.object({
    /** What the bytes really are. */
    type: z.enum(['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic']),
    size: z.int(),
    /** A function’s answer is bounded: ask for each part, join the bytes. */
    parts: z.int(),
    part: z.int(),
    /** Base64. */
    bytes: z.string(),
  }),
  failures: ['attendance.proof-awaited', 'attendance.proof-refused'],
  summary: 'A proof, once its real type, size and pixels are checked.',
  example: { answer: { type: 'application/pdf', size: 4, parts: 1, part: 0, bytes: 'JVBERg==' } },
});
