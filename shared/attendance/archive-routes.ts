import * as z from 'zod';
import { defineRoute, directs, Instant, LocalDate, runsSchoolLife, Uai } from '../kernel/index.ts';
import { ClassKey, RegisterArchive, SchoolYear } from './register-archive.ts';

const rights = { staff: runsSchoolLife } as const;
const ofYear = { uai: Uai, year: SchoolYear };
const ofClass = { ...ofYear, classKey: ClassKey };

/** What a page may know of the register of a year. */
export const ArchivedYear = RegisterArchive.pick({
  year: true,
  state: true,
  through: true,
  madeAt: true,
  done: true,
  total: true,
  classes: true,
}).extend({
  /** Last day on which the files are there. */
  keptUntil: LocalDate,
  /** A fact of it changed since: it will be written once more. */
  moved: z.boolean(),
  /** By itself, or by somebody. */
  bySchedule: z.boolean(),
});
export type ArchivedYear = z.infer<typeof ArchivedYear>;

const example: z.infer<typeof ArchivedYear> = {
  year: '2026',
  state: 'done',
  through: '2027-07-31',
  madeAt: '2027-08-01T02:10:00.000Z',
  done: 13,
  total: 13,
  classes: [{ key: 'cNWUgQg', label: '5e B', pupils: 27 }],
  keptUntil: '2027-12-31',
  moved: false,
  bySchedule: true,
};

export const listRegisters = defineRoute({
  name: 'attendance.list-registers',
  method: 'GET',
  path: '/schools/{uai}/registers',
  rights,
  params: { uai: Uai },
  answer: z.object({
    now: Instant,
    /** The latest first. */
    years: z.array(ArchivedYear),
    /** Of which year a register can be asked for now. */
    current: SchoolYear,
  }),
  summary:
    'The school years whose roll-call register was written for the school’s archive, or is being written, and until when it is kept.',
  example: { answer: { now: '2027-08-02T07:00:00.000Z', years: [example], current: '2026' } },
});

export const startRegister = defineRoute({
  name: 'attendance.start-register',
  method: 'POST',
  path: '/schools/{uai}/registers/{year}',
  rights: { staff: directs },
  params: ofYear,
  answer: ArchivedYear,
  failures: ['attendance.register-erased', 'attendance.register-too-early'],
  summary:
    'Writes the register of a school year now, until yesterday: it is written by itself each month, each week in July, and whole once the year is over. While it is being written it answers where it stands.',
  example: { answer: { ...example, state: 'under-way', done: 4 } },
});

export const registerPdf = defineRoute({
  name: 'attendance.read-register-pdf',
  method: 'GET',
  path: '/schools/{uai}/registers/{year}/classes/{classKey}/register.pdf',
  rights,
  params: ofClass,
  media: 'application/pdf',
  summary:
    'The register of a class for a school year, a tagged paper: by month, what the roll calls found of each pupil and which were made or never made. No reason and no proof is in it.',
  example: {},
});

export const registerSheet = defineRoute({
  name: 'attendance.read-register-sheet',
  method: 'GET',
  path: '/schools/{uai}/registers/{year}/classes/{classKey}/register.csv',
  rights,
  params: ofClass,
  media: 'text/csv',
  summary: 'The same for a spreadsheet; no cell can run as a formula.',
  example: {},
});
