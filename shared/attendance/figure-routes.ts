import * as z from 'zod';
import { defineRoute, Instant, LocalDate, runsSchoolLife, Uai } from '../kernel/index.ts';
import { Calls, GroupCalls, TeacherCalls } from './counted-day.ts';
import { Month } from './pupil-month.ts';
import { ReasonId } from './reason.ts';

const rights = { staff: runsSchoolLife } as const;
const ofMonth = { uai: Uai, month: Month };
/** The month alone, or the school year until its end. */
const Span = z.enum(['month', 'year']);
const span = Span.default('month');

const count = z.int().min(0);
const lost = { owed: count, lost: count };
/** Half-days lost out of those owed; `withoutReason` of those lost. */
const Losses = z.object({ ...lost, withoutReason: count });

/** The tables of the page, each a file of its own. */
export const FigureTable = z.enum(['weeks', 'weekdays', 'levels', 'classes', 'reasons', 'teachers', 'groups']);
export type FigureTable = z.infer<typeof FigureTable>;

export const figures = defineRoute({
  name: 'attendance.read-figures',
  method: 'GET',
  path: '/schools/{uai}/months/{month}/figures',
  rights,
  params: ofMonth,
  query: { span },
  answer: z.object({
    month: Month,
    span: Span,
    now: Instant,
    timeZone: z.string(),
    /** Last day that is counted, of the period or before; absent before the first. */
    countedUntil: LocalDate.optional(),
    total: Losses,
    /** Of the period, and the weeks that lead to it: oldest first. */
    weeks: z.array(z.object({ from: LocalDate, ...lost })),
    weekdays: z.array(z.object({ weekday: z.int().min(1).max(7), ...lost })),
    /** By level and name; a level is absent where no name says it, a label empty where no list has the pupil. */
    classes: z.array(Losses.extend({ label: z.string(), level: z.string().optional() })),
    levels: z.array(Losses.extend({ level: z.string().optional() })),
    /** Most first; without a reason where nobody gave one. */
    reasons: z.array(z.object({ reasonId: ReasonId.optional(), label: z.string().optional(), lost: count })),
    calls: Calls,
    /** Those who missed one, most first. */
    teachers: z.array(TeacherCalls.extend({ familyName: z.string(), givenName: z.string(), civility: z.string().optional() })),
    groups: z.array(GroupCalls),
  }),
  summary:
    'A school’s month or year in figures: half-days lost out of those owed, by class, level, reason, weekday and week; roll calls that nobody made, by teacher and by class.',
  example: {
    answer: {
      month: '2026-11',
      span: 'month',
      now: '2026-11-23T08:30:00.000Z',
      timeZone: 'Europe/Paris',
      countedUntil: '2026-11-20',
      total: { owed: 16_800, lost: 840, withoutReason: 210 },
      weeks: [{ from: '2026-11-16', owed: 4200, lost: 231 }],
      weekdays: [{ weekday: 1, owed: 3600, lost: 216 }],
      classes: [{ label: '5e B', level: '5e', owed: 812, lost: 49, withoutReason: 12 }],
      levels: [{ level: '5e', owed: 4100, lost: 205, withoutReason: 50 }],
      reasons: [{ reasonId: 'r_illness', label: 'Maladie', lost: 520 }, { lost: 210 }],
      calls: { due: 1800, untaken: 24 },
      teachers: [{ teacherId: 'p_0197b3c0ffff', familyName: 'FERRAND', givenName: 'Luc', due: 54, untaken: 5 }],
      groups: [{ groupId: 'g_01j8z0example', label: '5e B', due: 84, untaken: 3 }],
    },
  },
});

export const figuresCsv = defineRoute({
  name: 'attendance.figures-csv',
  method: 'GET',
  path: '/schools/{uai}/months/{month}/figures.csv',
  rights,
  params: ofMonth,
  query: { span, table: FigureTable.default('classes'), language: z.enum(['fr', 'en']).default('fr') },
  answer: z.string(),
  media: 'text/csv',
  summary: 'One table of a school’s figures for a spreadsheet; no cell can run as a formula.',
  example: { answer: 'classe;niveau;demi-journées dues;demi-journées manquées;taux (%);sans motif recevable\n' },
});
