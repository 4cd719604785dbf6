import * as z from 'zod';
import { defineTable, IdempotencyKey, Instant, LessonId, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';
import { ArrangedMonth } from './arrangement.ts';
import { CountedDay, DayToCount } from './counted-day.ts';
import { Mark } from './episode.ts';
import { ExitRules, PupilExit } from './exit-right.ts';
import { MonthFigures } from './month-figures.ts';
import { PupilDay } from './pupil-day.ts';
import { PupilMonth } from './pupil-month.ts';
import { SchoolReasons } from './reason.ts';
import { RegisterArchive } from './register-archive.ts';
import { Remark, RemarkKinds } from './remark.ts';
import { ChasedSchool, Reminder } from './reminder.ts';
import { UsualDays } from './usual-days.ts';

/** A lesson’s roll call, shared by its co-teachers. Who was there is `pupilIds` without an exception in `marks`. */
export const RollCall = z.object({
  uai: Uai,
  date: LocalDate,
  lessonId: LessonId,
  startMinute: MinuteOfDay,
  endMinute: MinuteOfDay,
  subject: z.string(),
  /** Only a validated roll call says anything of a pupil. */
  state: z.enum(['begun', 'done']),
  revision: z.int().min(1),
  /** The list it was taken on: the classes’ and groups’ pupils of that day, less `removed`, and `added`. */
  pupilIds: z.array(PersonId),
  /** « Ajouter un élève ». */
  added: z.array(PersonId),
  /** « Pas dans mon groupe ». */
  removed: z.array(PersonId),
  /** Exceptions only. */
  marks: z.array(Mark),
  savedBy: PersonId,
  savedAt: Instant,
  /** Who saved each revision; what they said of a pupil is in the pupil’s day. */
  saves: z.array(z.object({ revision: z.int(), state: z.enum(['begun', 'done']), by: PersonId, at: Instant })),
});
export type RollCall = z.infer<typeof RollCall>;

/** Where a roll call stands, for the board: without its list, which the board does not show. */
const Called = RollCall.pick({ state: true }).extend({ removed: z.array(PersonId).optional() });
export type Called = z.infer<typeof Called>;

/** Counts who was found missing from a lesson's pupils by another roll call: one saved on an older reading must look again. */
export const missedBeside = (lessonId: string): string => `missed:${lessonId}`;

/** The roll calls of the lessons that start at one minute, each an attribute of its own by the lesson’s id: nobody reads the others to set one. */
export const CalledSlot = z.object({ uai: Uai, date: LocalDate, startMinute: MinuteOfDay }).catchall(z.union([Called, z.int()]));

/** Those of a slot, by lesson. */
export const calledIn = (slot: Readonly<Record<string, unknown>>): [lessonId: string, called: Called][] =>
  Object.entries(slot).filter((entry): entry is [string, Called] => LessonId.safeParse(entry[0]).success);

/** One write under an idempotency key, and the very words it was answered with. */
export const Attempt = z.object({
  personId: PersonId,
  key: IdempotencyKey,
  /** Of route, parameters and body. */
  fingerprint: z.string(),
  /** JSON as a string: a map would lose the order of its keys, and a replay is byte-identical. */
  answer: z.string(),
  expiresAt: z.int(),
});

const schoolYear = 'the school year (R131-6): erased in the summer purge, once the register is exported';

export const attendance = defineTable({
  name: 'attendance',
  entities: {
    rollCall: { schema: RollCall, pk: '{uai}#{date}', sk: 'roll#{lessonId}', retention: schoolYear },
    // The day leads the key, for the board of a school’s day; one index follows a pupil through the year, a sparse one holds what
    // is still to be treated.
    pupilDay: {
      schema: PupilDay,
      pk: '{uai}#{date}',
      sk: 'pupil#{pupilId}',
      indexes: {
        pupil: { pk: '{uai}#{pupilId}', sk: '{date}' },
        queue: { pk: '{uai}#{queue}', sk: '{date}#{pupilId}' },
      },
      retention: schoolYear,
    },
    pupilMonth: { schema: PupilMonth, pk: '{uai}#{month}', sk: 'month#{pupilId}', retention: schoolYear },
    // Beside the pupils’ months: one query brings what was owed and what was lost.
    countedDay: { schema: CountedDay, pk: '{uai}#{month}', sk: 'month-day#{date}', retention: schoolYear },
    // One item is a month of the figures page, however large the school.
    monthFigures: { schema: MonthFigures, pk: '{uai}#{month}', sk: 'figures', retention: schoolYear },
    dayToCount: {
      schema: DayToCount,
      pk: '{uai}',
      sk: 'to-count#{date}',
      indexes: { schools: { pk: 'to-count', sk: '{uai}#{date}' } },
      retention: 'until the day is counted, within half an hour; holds no pupil',
    },
    reasons: { schema: SchoolReasons, pk: '{uai}', sk: 'reasons', retention: 'as long as the school is served; holds no pupil' },
    usualDays: { schema: UsualDays, pk: '{uai}', sk: 'usual-days', retention: 'as long as the school is served; holds no pupil' },
    arrangedMonth: { schema: ArrangedMonth, pk: '{uai}#{month}', sk: 'arranged', retention: schoolYear },
    // Sorts beside the pupils' days: one query is the board, without the roll calls and their lists.
    calledSlot: { schema: CalledSlot, pk: '{uai}#{date}', sk: 'pupils-called#{startMinute}', retention: schoolYear },
    // Beside them for the same reason.
    reminder: { schema: Reminder, pk: '{uai}#{date}', sk: 'pupils-reminded#{lessonId}', retention: schoolYear },
    chasedSchool: {
      schema: ChasedSchool,
      pk: '{uai}',
      sk: 'chased',
      indexes: { schools: { pk: 'schools', sk: '{uai}' } },
      retention: 'as long as the school is served; holds no pupil',
    },
    registerArchive: {
      schema: RegisterArchive,
      pk: '{uai}',
      sk: 'archive#{year}',
      retention: 'until 31 December after the school year, with its files; holds no pupil',
    },
    remarkKinds: { schema: RemarkKinds, pk: '{uai}', sk: 'remark-kinds', retention: 'as long as the school is served; holds no pupil' },
    exitRules: { schema: ExitRules, pk: '{uai}', sk: 'exit-rules', retention: 'as long as the school is served; holds no pupil' },
    pupilExit: { schema: PupilExit, pk: '{uai}', sk: 'exit#{pupilId}', retention: schoolYear },
    // Apart from the day: nothing that looks at presence reads them.
    remark: {
      schema: Remark,
      pk: '{uai}#{date}#remarks',
      sk: '{lessonId}#{remarkId}',
      indexes: { pupil: { pk: '{uai}#{pupilId}', sk: 'remark#{date}#{remarkId}' } },
      retention: schoolYear,
    },
    attempt: {
      schema: Attempt,
      pk: '{personId}',
      sk: 'attempt#{key}',
      ttl: 'expiresAt',
      retention: 'seven days: longer than a telephone keeps an unsent roll call',
    },
  },
  patterns: {
    allOfDay: {
      entities: ['rollCall', 'pupilDay', 'calledSlot', 'reminder'],
      pk: '{uai}#{date}',
      summary: 'Everything of a school’s day but its remarks: what the summer purge erases.',
    },
    remarksOfDay: { entities: ['remark'], pk: '{uai}#{date}#remarks', summary: 'What was noted of pupils on a day: the summer purge.' },
    allOfMonth: {
      entities: ['pupilMonth', 'countedDay', 'monthFigures', 'arrangedMonth'],
      pk: '{uai}#{month}',
      summary: 'Everything of a school’s month: the summer purge.',
    },
    countedDays: {
      entities: ['countedDay'],
      pk: '{uai}#{month}',
      sk: 'month-day#',
      summary: 'The counted days of a month: whether a school year had any.',
    },
    archives: {
      entities: ['registerArchive'],
      pk: '{uai}',
      sk: 'archive#',
      summary: 'The school years whose register was written for the school’s archive.',
    },
    schoolDaysToCount: {
      entities: ['dayToCount'],
      pk: '{uai}',
      sk: 'to-count#',
      summary: 'Days of one school whose facts moved since they were counted: what its archive may not have yet.',
    },
    exits: { entities: ['pupilExit'], pk: '{uai}', sk: 'exit#', summary: 'Exit rights of a school’s pupils: the summer purge.' },
    rollCallsOfDay: { entities: ['rollCall'], pk: '{uai}#{date}', sk: 'roll#', summary: 'Roll calls of a school’s day, with their lists.' },
    factsOfMonth: {
      entities: ['pupilMonth', 'countedDay'],
      pk: '{uai}#{month}',
      sk: 'month',
      summary: 'What a school’s month asked of everybody, day by day, and what its pupils missed: its figures.',
    },
    daysToCount: {
      entities: ['dayToCount'],
      index: 'schools',
      pk: 'to-count',
      summary: 'Days that are over and whose facts have moved since they were counted, of every school.',
    },
    ofDay: { entities: ['rollCall', 'pupilDay'], pk: '{uai}#{date}', summary: 'Roll calls and pupils of a school’s day.' },
    board: {
      entities: ['pupilDay', 'calledSlot', 'reminder'],
      pk: '{uai}#{date}',
      sk: 'pupil',
      summary: 'Pupils with anything but plain presence on a day, which roll calls are begun or done, and which were asked for: the board.',
    },
    calls: {
      entities: ['calledSlot', 'reminder'],
      pk: '{uai}#{date}',
      sk: 'pupils-',
      summary: 'Which roll calls of a day are begun or done, and which were asked for: whom to remind.',
    },
    chasedSchools: {
      entities: ['chasedSchool'],
      index: 'schools',
      pk: 'schools',
      summary: 'The schools whose untaken roll calls are looked after.',
    },
    pupilsOfDay: { entities: ['pupilDay'], pk: '{uai}#{date}', sk: 'pupil#', summary: 'Pupils with anything but plain presence on a day.' },
    daysOfPupil: {
      entities: ['pupilDay'],
      pk: '{uai}#{pupilId}',
      between: ['{from}', '{until}'],
      index: 'pupil',
      summary: 'Days of a pupil with anything but plain presence.',
    },
    monthOfSchool: {
      entities: ['pupilMonth'],
      pk: '{uai}#{month}',
      sk: 'month#',
      summary: 'What counts of each pupil’s month, and the alerts of a school’s month.',
    },
    remarksOfLesson: {
      entities: ['remark'],
      pk: '{uai}#{date}#remarks',
      sk: '{lessonId}#',
      summary: 'What was noted of the pupils of a lesson.',
    },
    remarksOfPupil: {
      entities: ['remark'],
      pk: '{uai}#{pupilId}',
      between: ['remark#{from}', 'remark#{before}'],
      index: 'pupil',
      summary: 'What teachers noted of a pupil, from a day on and before another.',
    },
    untreated: {
      entities: ['pupilDay'],
      pk: '{uai}#open',
      index: 'queue',
      summary: 'Days with an absence that school life has not settled: its queue.',
    },
  },
});
