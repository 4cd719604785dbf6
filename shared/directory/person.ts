import * as z from 'zod';
import { ChildLink, Door, Duty, GroupId, Instant, LocalDate, PersonId, Uai } from '../kernel/index.ts';

export const Names = z.object({
  /** The name in use: usage name when there is one. */
  familyName: z.string().min(1).max(100),
  givenName: z.string().max(100),
});
export type Names = z.infer<typeof Names>;

export const Sex = z.enum(['F', 'M']);
export const Phone = z.object({ kind: z.enum(['mobile', 'home', 'work']), number: z.string().max(24) });
export const Language = z.enum(['fr', 'en']);

/** One school's record of a person; it exists from the import on, an account from the activation on. */
export const Person = z.object({
  uai: Uai,
  personId: PersonId,
  door: Door,
  ...Names.shape,
  /** `FAMILY given` folded for sorting and search, without accents or `#`. */
  sortKey: z.string(),
  civility: z.string().max(10).optional(),
  sex: Sex.optional(),
  birthDate: LocalDate.optional(),
  email: z.email().max(254).optional(),
  phones: z.array(Phone).default([]),
  acceptsSms: z.boolean().default(false),
  language: Language.default('fr'),
  regime: z.string().max(16).optional(),
  groups: z.array(GroupId).default([]),
  duties: z.array(Duty).default([]),
  /** Identifiers of the source files, kept for the next import and for LSU: `{ siecle, sts, edt, ine }`. */
  sources: z.record(z.string().max(12), z.string().max(64)).default({}),
  /** The account that opened this record; differs from personId when attached to an earlier account. */
  accountId: PersonId.optional(),
  activatedAt: Instant.optional(),
  /** Temporary staff: their last day at the school. From the next on every request is refused; record and account stay. */
  until: LocalDate.optional(),
  /** Departed people are hidden at once and erased by day 85. */
  departedOn: LocalDate.optional(),
  rev: z.int().default(1),
});
export type Person = z.infer<typeof Person>;

/** A guardian's tie to a pupil at one school. */
export const GuardianLink = z.object({
  uai: Uai,
  pupilId: PersonId,
  guardianId: PersonId,
  level: ChildLink.shape.level,
  /** CODE_PARENTE. */
  kinship: z.string().max(4).optional(),
  contactFirst: z.boolean().default(false),
  /** People at one address are one household (ADRESSE_ID, or the guardian alone). */
  householdId: z.string().max(64),
  from: LocalDate.optional(),
  until: LocalDate.optional(),
  /** Set by direction; survives imports; hidden and untold while it is open. */
  restriction: z.object({ from: LocalDate, until: LocalDate.optional(), setBy: PersonId, setAt: Instant }).optional(),
  origin: z.enum(['siecle', 'edt', 'manual']),
  rev: z.int().default(1),
});
export type GuardianLink = z.infer<typeof GuardianLink>;

/** One line of a class or group list; `from`/`until` when the membership is dated. */
export const RosterPupil = z.object({
  pupilId: PersonId,
  ...Names.shape,
  sex: Sex.optional(),
  regime: z.string().max(16).optional(),
  classLabel: z.string().max(40).optional(),
  from: LocalDate.optional(),
  until: LocalDate.optional(),
});
export type RosterPupil = z.infer<typeof RosterPupil>;

export const Group = z.object({
  uai: Uai,
  groupId: GroupId,
  kind: z.enum(['class', 'group']),
  /** CODE_STRUCTURE, trimmed only. */
  code: z.string().min(1).max(40),
  label: z.string().max(80),
  /** Classes a group spans. */
  classIds: z.array(GroupId).default([]),
  pupils: z.array(RosterPupil).default([]),
  rev: z.int().default(1),
});
export type Group = z.infer<typeof Group>;
