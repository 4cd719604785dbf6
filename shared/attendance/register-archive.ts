import * as z from 'zod';
import { Instant, LocalDate, PersonId, Uai } from '../kernel/index.ts';

/** The year in which a school year begins. */
export const SchoolYear = z.string().regex(/^20\d\d$/);
export type SchoolYear = z.infer<typeof SchoolYear>;

/** Names a class in addresses and keys, whatever its label is made of. */
export const ClassKey = z.string().regex(/^c[\w-]{0,220}$/);

const ArchivedClass = z.object({ key: ClassKey, label: z.string(), pupils: z.int().min(0) });

/**
 * That the register of a school’s year was written, class by class, for the school’s archive. A year may be erased once this is `done`,
 * goes `through` its last day, and nothing of it has `moved` since.
 */
export const RegisterArchive = z.object({
  uai: Uai,
  year: SchoolYear,
  state: z.enum(['under-way', 'done']),
  /** Last civil day it covers. */
  through: LocalDate,
  startedBy: PersonId.or(z.literal('schedule')),
  /** Civil, as all that a school sees. */
  startedAt: Instant,
  madeAt: Instant.optional(),
  /** A fact of a day it covers has changed since it was begun. */
  moved: z.boolean().optional(),
  /** Steps done out of `total`: months gathered, then classes written. */
  done: z.int().min(0),
  total: z.int().min(1),
  classes: z.array(ArchivedClass),
  /** Classes of an earlier writing that are not found any more: their files go. */
  stale: z.array(ClassKey),
  /** When a step was last done, by the system clock: one that stands still is taken up again. */
  steppedAt: Instant,
  revision: z.int().min(1),
});
export type RegisterArchive = z.infer<typeof RegisterArchive>;

export const isWhole = (archive: RegisterArchive | undefined, until: LocalDate): boolean =>
  archive?.state === 'done' && archive.through >= until && !archive.moved;

/** Last day on which the files of a year are there. */
export const keptUntil = (year: SchoolYear): LocalDate => `${Number(year) + 1}-12-31`;
