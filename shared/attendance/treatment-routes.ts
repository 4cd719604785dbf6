import * as z from 'zod';
import { GuardianToTell } from '../directory/questions.ts';
import {
  AbsenceId,
  defineRoute,
  guards,
  Instant,
  isPupil,
  LessonId,
  LocalDate,
  MinuteOfDay,
  PersonId,
  runsSchoolLife,
  Uai,
} from '../kernel/index.ts';
import { Action, ActionId, ActionKind } from './action.ts';
import { Answer } from './answer.ts';
import { ExitRight } from './exit-right.ts';
import { Movement, Observation } from './pupil-day.ts';
import { MAX_REASONS, Reason, ReasonId } from './reason.ts';
import { Remark } from './remark.ts';
import { Absentee } from './routes.ts';
import { Stay } from './stay.ts';
import { TREATED_STATES } from './treated.ts';
import { Treatment, TreatmentId, Undoing } from './treatment.ts';

const rights = { staff: runsSchoolLife } as const;
const ofSchool = { uai: Uai };
const ofPupil = { uai: Uai, pupilId: PersonId };
const ofPupilDay = { uai: Uai, date: LocalDate, pupilId: PersonId };

const UAI_PUPIL = 'p_0197b3c0a1b2';
const ABSENCE = 'a_20261123-0750001a-0197b3c0a1b2-1';
const TREATMENT = 't_0197b3c0a1b2c3d4';
const AT = '2026-11-23T08:30:00.000Z';
const names = { familyName: 'LEMOINE', givenName: 'Inès' };
const now = { now: Instant, timeZone: z.string() };
const nowExample = { now: AT, timeZone: 'Europe/Paris' };
const illness = {
  reasonId: 'r_illness',
  label: 'Maladie',
  legal: 'illness',
  admissible: true,
  settled: true,
  outsideSchool: true,
  health: true,
  onReport: true,
  visibleToGuardians: true,
  usableByGuardians: true,
  proposedFor: 'illness',
} as const;
const { legal: _, ...given } = illness;

/** `legal` is the law’s word, not the school’s: it stays with the reasons that came with it. */
const GivenReason = Reason.omit({ legal: true }).partial({ reasonId: true }).strict();

const ShownReasons = z.object({
  /** 0 while the school has the default list; `basedOn` of the next change. */
  rev: z.int(),
  /** In the order of the list; the first nine have the keys 1 to 9. */
  reasons: z.array(Reason),
  /** No longer offered, still the words of past treatments. */
  retired: z.array(Reason),
});

export const listReasons = defineRoute({
  name: 'attendance.list-reasons',
  method: 'GET',
  path: '/schools/{uai}/reasons',
  rights,
  params: ofSchool,
  answer: ShownReasons,
  summary: 'The school’s reasons, each with what follows from it.',
  example: { answer: { rev: 0, reasons: [illness], retired: [] } },
});

export const setReasons = defineRoute({
  name: 'attendance.set-reasons',
  method: 'PUT',
  path: '/schools/{uai}/reasons',
  rights,
  params: ofSchool,
  body: z.strictObject({
    basedOn: z.int().min(0).max(1_000_000),
    /** The whole list, in its order. One without `reasonId` is new; one left out is no longer offered. */
    reasons: z.array(GivenReason).min(1).max(MAX_REASONS),
  }),
  answer: ShownReasons,
  failures: ['attendance.reasons-changed', 'attendance.reason-unknown', 'attendance.reason-twice'],
  summary: 'Sets the whole list of reasons. What was treated before keeps the words and flags it had.',
  example: {
    body: { basedOn: 0, reasons: [{ ...given, label: 'Maladie (certificat)' }] },
    answer: { rev: 1, reasons: [{ ...illness, label: 'Maladie (certificat)' }], retired: [] },
  },
});

/** A treatment as school life reads it, with the words of its reason. */
const ShownTreatment = Treatment.omit({ lessonIds: true }).extend({ label: z.string().optional() });
export type ShownTreatment = z.infer<typeof ShownTreatment>;
const treatmentExample = {
  treatmentId: TREATMENT,
  reasonId: 'r_illness',
  label: 'Maladie',
  justified: true,
  settled: true,
  untilSeen: true,
  outsideSchool: true,
  onReport: true,
  by: 'p_0197b3c0ffff',
  at: AT,
};

export const Counted = z.object({
  halfDays: z.int(),
  halfDaysWithoutReason: z.int(),
  /** Of those without admissible reason, still to be treated or settled. */
  halfDaysOpen: z.int(),
  halfDaysOnReport: z.int(),
  lessonHours: z.number(),
  absences: z.int(),
  absencesWithoutReason: z.int(),
  latenesses: z.int(),
  latenessesWithoutReason: z.int(),
  minutesLate: z.int(),
});
const countedExample = {
  halfDays: 5,
  halfDaysWithoutReason: 3,
  halfDaysOpen: 1,
  halfDaysOnReport: 5,
  lessonHours: 11.5,
  absences: 4,
  absencesWithoutReason: 2,
  latenesses: 1,
  latenessesWithoutReason: 1,
  minutesLate: 12,
};

const FamilyCounted = Counted.pick({ halfDays: true, halfDaysWithoutReason: true, lessonHours: true, latenesses: true });
const familyExample = { halfDays: 5, halfDaysWithoutReason: 3, lessonHours: 11.5, latenesses: 1 };

/** Why a row of the queue stands where it stands, the most urgent first. */
export const QUEUE_URGENCIES = [
  'seen-then-gone',
  'did-not-know',
  'threshold-near',
  'without-reason',
  'answered',
  'known',
  'to-settle',
] as const;

const Half = z.enum(['morning', 'afternoon']);
const LessonOfAbsence = z.object({ lessonId: LessonId, startMinute: MinuteOfDay, endMinute: MinuteOfDay, subject: z.string() });

export const UntreatedAbsence = Absentee.pick({
  pupilId: true,
  familyName: true,
  givenName: true,
  sex: true,
  classLabel: true,
  regime: true,
  absenceId: true,
  fromMinute: true,
  seenMinute: true,
  known: true,
  answers: true,
}).extend({
  date: LocalDate,
  untilMinute: MinuteOfDay,
  /** Still going on: the pupil has not been seen since. */
  going: z.boolean(),
  lessons: z.array(LessonOfAbsence),
  /** The half-days it counts for. */
  halfDays: z.array(Half),
  /** The treatment that stands; `over` of the next one. */
  treatment: ShownTreatment.optional(),
  /** What a guardian said, in the school’s own words: one key away. */
  proposed: ReasonId.optional(),
  /** The last thing done about it. */
  lastAction: Action.pick({ actionId: true, kind: true, at: true }).optional(),
  /** Half-days without admissible reason this month, of those that make a dossier for the commission éducative. */
  month: z.object({ halfDaysWithoutReason: z.int(), threshold: z.int() }),
  urgency: z.enum(QUEUE_URGENCIES),
});
export type UntreatedAbsence = z.infer<typeof UntreatedAbsence>;

export const listUntreated = defineRoute({
  name: 'attendance.list-untreated',
  method: 'GET',
  path: '/schools/{uai}/untreated',
  rights,
  params: ofSchool,
  query: {
    /** Without any reason yet, or with one and still to be settled. */
    show: z.enum(['all', 'without-reason', 'to-settle']).default('all'),
    /** How many to leave out: `next` of the page before. */
    from: z.coerce.number().int().min(0).max(100_000).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  },
  answer: z.object({
    ...now,
    total: z.int(),
    withoutReason: z.int(),
    toSettle: z.int(),
    absences: z.array(UntreatedAbsence),
    /** Absent on the last page. */
    next: z.int().optional(),
  }),
  summary: 'School life’s queue: absences of the year without reason or still to be settled, the most urgent first, then the latest.',
  example: {
    answer: {
      ...nowExample,
      total: 1,
      withoutReason: 1,
      toSettle: 0,
      absences: [
        {
          pupilId: UAI_PUPIL,
          ...names,
          sex: 'F',
          classLabel: '5e B',
          date: '2026-11-23',
          absenceId: ABSENCE,
          fromMinute: 540,
          untilMinute: 595,
          going: true,
          seenMinute: 485,
          lessons: [{ lessonId: 'l_9f86d081884c7d65', startMinute: 540, endMinute: 595, subject: 'Mathématiques' }],
          halfDays: ['morning'],
          answers: [],
          month: { halfDaysWithoutReason: 1, threshold: 4 },
          urgency: 'seen-then-gone',
        },
      ],
    },
  },
});

/** An absence, or a late lesson. */
const Treated = z
  .strictObject({
    date: LocalDate,
    pupilId: PersonId,
    absenceId: AbsenceId.optional(),
    lessonId: LessonId.optional(),
    /** The treatment that was on the screen, absent when there was none: whoever treated it meanwhile is not written over. */
    over: TreatmentId.optional(),
  })
  .refine(({ absenceId, lessonId }) => (absenceId === undefined) !== (lessonId === undefined), 'an absence or a late lesson');

export const MAX_TREATED = 100;

export const treatAbsences = defineRoute({
  name: 'attendance.treat-absences',
  method: 'POST',
  path: '/schools/{uai}/treatments',
  rights,
  params: ofSchool,
  body: z
    .strictObject({
      items: z.array(Treated).min(1).max(MAX_TREATED),
      reasonId: ReasonId.optional(),
      /** « Recevable » and « réglé », where they differ from the reason’s own flags. */
      justified: z.boolean().optional(),
      settled: z.boolean().optional(),
      remark: z.string().trim().max(300).optional(),
      /** Holds for lessons missed later, until the pupil is seen again. */
      untilSeen: z.boolean().default(false),
    })
    .refine(({ reasonId, justified, settled, remark }) => [reasonId, justified, settled, remark].some((one) => one !== undefined)),
  answer: z.object({
    /** One for each item, in its order. */
    results: z.array(
      z.object({
        date: LocalDate,
        pupilId: PersonId,
        absenceId: AbsenceId.optional(),
        lessonId: LessonId.optional(),
        /** `changed`: somebody else treated it first, nothing was written; `missing`: there is no such absence any more. */
        outcome: z.enum(['treated', 'changed', 'missing']),
        /** What stands now. */
        treatment: ShownTreatment.optional(),
      }),
    ),
  }),
  idempotent: true,
  failures: ['attendance.reason-unknown', 'request.idempotency-key-reused', 'attendance.year-over'],
  summary: 'Treats up to 100 absences or latenesses with one reason. Each is written whole or not at all, and says which.',
  example: {
    body: { items: [{ date: '2026-11-23', pupilId: UAI_PUPIL, absenceId: ABSENCE }], reasonId: 'r_illness', untilSeen: true },
    answer: {
      results: [{ date: '2026-11-23', pupilId: UAI_PUPIL, absenceId: ABSENCE, outcome: 'treated', treatment: treatmentExample }],
    },
  },
});

export const undoTreatments = defineRoute({
  name: 'attendance.undo-treatments',
  method: 'POST',
  path: '/schools/{uai}/treatments/undo',
  rights,
  params: ofSchool,
  body: z.strictObject({
    items: z
      .array(z.strictObject({ date: LocalDate, pupilId: PersonId, treatmentId: TreatmentId }))
      .min(1)
      .max(MAX_TREATED),
  }),
  answer: z.object({
    results: z.array(z.object({ date: LocalDate, pupilId: PersonId, treatmentId: TreatmentId, outcome: z.enum(['undone', 'missing']) })),
  }),
  failures: ['attendance.year-over'],
  summary: 'Takes treatments back: what stood before them stands again. Doing it twice is doing it once.',
  example: {
    body: { items: [{ date: '2026-11-23', pupilId: UAI_PUPIL, treatmentId: TREATMENT }] },
    answer: { results: [{ date: '2026-11-23', pupilId: UAI_PUPIL, treatmentId: TREATMENT, outcome: 'undone' }] },
  },
});

export const logAction = defineRoute({
  name: 'attendance.log-action',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/actions',
  rights,
  params: ofPupilDay,
  body: z.strictObject({
    kind: ActionKind,
    /** Whom it was about, when it was one person. */
    personId: PersonId.optional(),
    text: z.string().trim().min(1).max(500).optional(),
  }),
  answer: Action,
  idempotent: true,
  failures: ['attendance.action-in-future', 'attendance.too-many-entries', 'request.idempotency-key-reused', 'attendance.year-over'],
  summary: 'Notes what school life did about a pupil: a call and its outcome, a meeting, a remark.',
  example: {
    body: { kind: 'left-message', personId: 'p_0197b3c0eeee' },
    answer: { actionId: 'n_0197b3c0a1b2c3d4', kind: 'left-message', personId: 'p_0197b3c0eeee', by: 'p_0197b3c0ffff', at: AT },
  },
});

export const undoAction = defineRoute({
  name: 'attendance.undo-action',
  method: 'DELETE',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/actions/{actionId}',
  rights,
  params: { ...ofPupilDay, actionId: ActionId },
  answer: Action,
  failures: ['attendance.year-over'],
  summary: 'Takes back what was noted; that it was stays to be read. Doing it twice is doing it once.',
  example: {
    answer: {
      actionId: 'n_0197b3c0a1b2c3d4',
      kind: 'left-message',
      by: 'p_0197b3c0ffff',
      at: AT,
      undone: { by: 'p_0197b3c0ffff', at: AT },
    },
  },
});

const onDay = { date: LocalDate };
/** One thing that was said or done, with its day; `by` and the like are names of `people`. */
export const TimelineEntry = z.discriminatedUnion('entry', [
  Observation.extend({ ...onDay, entry: z.literal('observation') }),
  Movement.extend({ ...onDay, entry: z.literal('movement') }),
  Answer.extend({ ...onDay, entry: z.literal('answer') }),
  Action.extend({ ...onDay, entry: z.literal('action') }),
  Treatment.extend({ ...onDay, entry: z.literal('treatment'), label: z.string().optional(), undone: z.boolean() }),
  Undoing.extend({ ...onDay, entry: z.literal('undoing') }),
  Stay.extend({ ...onDay, entry: z.literal('stay') }),
  Remark.omit({ uai: true, pupilId: true, revision: true }).extend({ entry: z.literal('remark') }),
]);
export type TimelineEntry = z.infer<typeof TimelineEntry>;

const HalfState = z.enum(['absent', 'justified', 'known', 'late', 'closed']);

export const dossier = defineRoute({
  name: 'attendance.read-dossier',
  method: 'GET',
  path: '/schools/{uai}/pupils/{pupilId}/dossier',
  rights,
  params: ofPupil,
  query: {
    /** The first day of the timeline; 60 days back without. */
    since: LocalDate.optional(),
  },
  answer: z.object({
    ...now,
    today: LocalDate,
    pupil: Absentee.pick({ pupilId: true, familyName: true, givenName: true, sex: true, classLabel: true, regime: true }).extend({
      /** From 18 the pupil is told, and justifies. */
      adult: z.boolean(),
      /** When they may leave by themselves. */
      exit: ExitRight,
    }),
    /** What the school counts in. */
    unit: z.enum(['half-day', 'lesson-hour', 'day']),
    counters: z.object({ month: Counted, year: Counted }),
    /** The last 30 days, the first first; a half-day without anything to say is left out, one without school is `closed`. */
    strip: z.array(z.object({ date: LocalDate, morning: HalfState.optional(), afternoon: HalfState.optional() })),
    /** Who may be told today, by household; whom to call first stands first. */
    households: z.array(
      z.object({
        householdId: z.string(),
        people: z.array(
          GuardianToTell.pick({
            personId: true,
            familyName: true,
            givenName: true,
            civility: true,
            kinship: true,
            level: true,
            contactFirst: true,
            phones: true,
            language: true,
          }).extend({ hasEmail: z.boolean() }),
        ),
      }),
    ),
    /** Of the school year, the last first. */
    absences: z.array(
      z.object({
        date: LocalDate,
        absenceId: AbsenceId,
        fromMinute: MinuteOfDay,
        untilMinute: MinuteOfDay,
        lessons: z.array(LessonOfAbsence),
        halfDays: z.array(Half),
        state: z.enum(TREATED_STATES),
        treatment: ShownTreatment.optional(),
        proposed: ReasonId.optional(),
      }),
    ),
    latenesses: z.array(
      z.object({
        date: LocalDate,
        lessonId: LessonId,
        startMinute: MinuteOfDay,
        subject: z.string(),
        minutes: z.int(),
        state: z.enum(TREATED_STATES),
        treatment: ShownTreatment.optional(),
      }),
    ),
    /** What teachers noted this school year, by its words, the most frequent first. */
    remarks: z.array(z.object({ label: z.string(), count: z.int() })),
    /** What was said and done since `since`, the last first. */
    timeline: z.array(TimelineEntry),
    since: LocalDate,
    /** There is more before `since`. */
    earlier: z.boolean(),
    /** Everybody the timeline names. */
    people: z.record(PersonId, z.object({ familyName: z.string(), givenName: z.string(), civility: z.string().optional() })),
  }),
  summary: 'All that school life knows of a pupil’s attendance: counters, absences and their treatment, timeline, whom to call.',
  example: {
    answer: {
      ...nowExample,
      today: '2026-11-23',
      pupil: { pupilId: UAI_PUPIL, ...names, classLabel: '5e B', adult: false, exit: 'usual-end' },
      unit: 'half-day',
      counters: { month: countedExample, year: countedExample },
      strip: [{ date: '2026-11-23', morning: 'absent' }],
      households: [],
      absences: [],
      latenesses: [],
      remarks: [],
      timeline: [],
      since: '2026-09-24',
      earlier: false,
      people: {},
    },
  },
});

/** What was settled, and why where the school lets families read it. Never the other guardian’s answer, nor a remark. */
const Settled = {
  state: z.enum(['open', 'settled']),
  /** Found admissible; only once it is settled. */
  justified: z.boolean().optional(),
  /** The reason’s own words, when the school shows them to families. */
  reason: z.string().optional(),
};

export const pupilAbsences = defineRoute({
  name: 'attendance.list-pupil-absences',
  method: 'GET',
  path: '/schools/{uai}/pupils/{pupilId}/absences',
  rights: { guardian: guards, pupil: isPupil },
  params: ofPupil,
  answer: z.object({
    ...now,
    /** What the school counts in. */
    unit: z.enum(['half-day', 'lesson-hour', 'day']),
    counters: z.object({ month: FamilyCounted, year: FamilyCounted }),
    /** Of the school year, the last first. */
    absences: z.array(
      z.object({
        date: LocalDate,
        absenceId: AbsenceId,
        fromMinute: MinuteOfDay,
        untilMinute: MinuteOfDay,
        halfDays: z.array(Half),
        ...Settled,
      }),
    ),
    latenesses: z.array(
      z.object({
        date: LocalDate,
        lessonId: LessonId,
        startMinute: MinuteOfDay,
        subject: z.string(),
        minutes: z.int(),
        ...Settled,
      }),
    ),
  }),
  summary: 'A pupil’s absences and latenesses of the school year as the family reads them, with what school life settled.',
  example: {
    answer: {
      ...nowExample,
      unit: 'half-day',
      counters: { month: familyExample, year: familyExample },
      absences: [
        {
          date: '2026-11-23',
          absenceId: ABSENCE,
          fromMinute: 540,
          untilMinute: 595,
          halfDays: ['morning'],
          state: 'settled',
          justified: true,
          reason: 'Maladie',
        },
      ],
      latenesses: [],
    },
  },
});
