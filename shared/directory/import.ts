import * as z from 'zod';
import { Door, ImportId, Instant, PersonId, Uai } from '../kernel/index.ts';
import { Names } from './person.ts';
import { SchoolFileFormat } from './school-file.ts';
import { AnomalyCode } from './school-file-anomaly.ts';

/** What an import may ask of the person who confirms it. Unanswered, it is not applied. */
export const ImportQuestion = z.enum(['other-year', 'many-departures']);
export type ImportQuestion = z.infer<typeof ImportQuestion>;

/**
 * `uploading` → `inspecting` → `inspected`, `unchanged` (nothing to change) or `refused` → `applying` → `done`.
 * `interrupted` ends any of them; what was applied stays, and the same files give the rest.
 */
export const ImportState = z.enum(['uploading', 'inspecting', 'inspected', 'unchanged', 'refused', 'applying', 'done', 'interrupted']);
export type ImportState = z.infer<typeof ImportState>;

/** Why files are refused whole: nothing of them is kept. */
export const ImportRefusal = z.object({
  /** `directory.other-school`, `directory.upward-sts`, `directory.broken-file`… */
  code: z.string().max(80),
  file: z.string().max(400).optional(),
  line: z.int().optional(),
  /** What the file said: the other school's UAI, the root element that nobody knows. */
  found: z.string().max(200).optional(),
});
export type ImportRefusal = z.infer<typeof ImportRefusal>;

/** The sorts of differences an import shows before it is applied. */
export const ChangeKind = z.enum(['arrival', 'change', 'class-move', 'departure', 'link-made', 'link-lost', 'group']);
export type ChangeKind = z.infer<typeof ChangeKind>;

const count = z.int().min(0).default(0);
export const ImportCounts = z.object({
  arrivals: count,
  changes: count,
  classMoves: count,
  departures: count,
  linksMade: count,
  linksLost: count,
  groups: count,
  anomalies: count,
  /** Weekly courses for the timetable. */
  courses: count,
});
export type ImportCounts = z.infer<typeof ImportCounts>;

export const ImportFile = z.object({
  name: z.string().min(1).max(200),
  size: z.int().min(1).max(60_000_000),
});

export const ImportedFile = ImportFile.extend({
  key: z.string(),
  /** Known once inspected: what a file is comes from its root element, never from its name. A zip holds several. */
  formats: z.array(SchoolFileFormat).default([]),
});

/** A job with a cursor: one chunk at a time, resumable at any of them. */
export const ImportJob = z.object({
  uai: Uai,
  importId: ImportId,
  state: ImportState,
  files: z.array(ImportedFile).max(10),
  startedAt: Instant,
  /** Absent when the operator's command started it. */
  startedBy: PersonId.optional(),
  movedAt: Instant,
  /** Pages of the plan applied, and how many there are. */
  cursor: z.int().min(0).default(0),
  total: z.int().min(0).default(0),
  counts: ImportCounts.prefault({}),
  /** Pages of changes by kind, and of anomalies. */
  pages: z.record(z.string(), z.int()).default({}),
  asks: z.array(ImportQuestion).default([]),
  /** Year the files are of, and the pupils who would leave out of how many: what the questions are about. */
  year: z.int().optional(),
  leaving: z.object({ pupils: z.int(), of: z.int() }).optional(),
  refusal: ImportRefusal.optional(),
  /** The import that was last applied when this one was inspected: another one since makes its differences stale. */
  basis: z.string().default('none'),
  calendar: z.object({ firstMonday: z.string(), from: z.string(), until: z.string() }).optional(),
  timetableHash: z.string().optional(),
  /** Of the files; kept by the school when it has none. */
  academy: z.string().max(4).optional(),
  /** What the files were: at the end the school remembers which sources it has seen. */
  sources: z.array(z.enum(['siecle-pupils', 'siecle-guardians', 'sts', 'edt'])).default([]),
  finishedAt: Instant.optional(),
  rev: z.int().default(1),
});
export type ImportJob = z.infer<typeof ImportJob>;

/** A job as its page shows it. */
export const ShownImport = ImportJob.omit({
  files: true,
  basis: true,
  timetableHash: true,
  academy: true,
  sources: true,
  rev: true,
  uai: true,
}).extend({
  files: z.array(z.object({ name: z.string(), size: z.int(), formats: ImportedFile.shape.formats })),
  /** Nothing has moved for a minute: « Reprendre » confirms again. */
  stalled: z.boolean(),
});
export type ShownImport = z.infer<typeof ShownImport>;

/** One line of the differences; names are those of the files when they have them. */
export const ImportChange = z.object({
  kind: ChangeKind,
  personId: PersonId.optional(),
  door: Door.optional(),
  ...Names.partial().shape,
  /** Attributes that change, by our names: `email`, `phones`, `birthDate`… */
  fields: z.array(z.string()).optional(),
  /** Class or group labels, or the level of a link: before and after. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** Of a link: the pupil, and why it is lost. */
  pupilId: PersonId.optional(),
  pupilName: z.string().optional(),
  reason: z.enum(['missing', 'lowered', 'siecle-prevails']).optional(),
  /** Of an arrival: was here before. */
  returns: z.boolean().optional(),
  /** Of a departure or a lost link: has an account, so someone will notice. */
  activated: z.boolean().optional(),
});
export type ImportChange = z.infer<typeof ImportChange>;

/** Anomalies that only the comparison of files with each other and with the directory can find. */
export const IMPORT_ANOMALIES = {
  'pupil-maybe-known': {
    severity: 'warning',
    fr: [
      'Même nom et même date de naissance qu’un élève déjà connu, sous un autre identifiant',
      'Vérifier s’il s’agit du même élève : rien n’a été rapproché.',
    ],
    en: ['Same name and birth date as a known pupil with another id', 'Check whether it is the same pupil: nothing was joined.'],
  },
  'pupil-ine-differs': {
    severity: 'warning',
    fr: ['Identifiant d’un élève connu avec un autre INE', 'Vérifier l’INE dans SIECLE. L’identifiant ELEVE_ID a prévalu.'],
    en: ['Id of a known pupil with another INE', 'Check the INE in SIECLE. ELEVE_ID prevailed.'],
  },
  'edt-guardians-left-aside': {
    severity: 'warning',
    fr: [
      'Responsables d’EDT laissés de côté : SIECLE fait foi',
      'Importer le fichier Responsables de SIECLE pour mettre à jour les responsables.',
    ],
    en: ['Guardians of EDT left aside: SIECLE prevails', 'Import the Responsables file of SIECLE to update guardians.'],
  },
  'teacher-joined-by-name': {
    severity: 'warning',
    fr: ['Enseignant d’EDT sans numéro STS, rapproché par ses nom et prénom', 'Renseigner le numéro STS dans EDT.'],
    en: ['Teacher of EDT without STS number, joined by name', 'Enter the STS number in EDT.'],
  },
  'guardian-without-pupil': {
    severity: 'warning',
    fr: ['Responsables sans élève présent : non importés', 'Rien à faire : SIECLE garde les responsables des anciens élèves.'],
    en: ['Guardians without a present pupil: not imported', 'Nothing to do: SIECLE keeps the guardians of former pupils.'],
  },
} as const satisfies Record<string, { severity: 'error' | 'warning'; fr: readonly [string, string]; en: readonly [string, string] }>;

export const ImportAnomalyCode = z.enum(
  Object.keys(IMPORT_ANOMALIES) as [keyof typeof IMPORT_ANOMALIES, ...(keyof typeof IMPORT_ANOMALIES)[]],
);

/** An anomaly as the page shows it: row, what is wrong, what to do. */
export const ImportAnomaly = z.object({
  code: z.union([AnomalyCode, ImportAnomalyCode]),
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.int().optional(),
  /** Who or what it is about, by the id of the file. */
  subject: z.string().optional(),
  field: z.string().optional(),
  what: z.string(),
  remedy: z.string(),
});
export type ImportAnomaly = z.infer<typeof ImportAnomaly>;
