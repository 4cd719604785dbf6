import * as z from 'zod';
import { LocalDate, MinuteOfDay } from '../kernel/index.ts';
import { AnomalyCode } from './school-file-anomaly.ts';

/**
 * What every export of a school (SIECLE, STS-Web, EDT/PRONOTE) is turned into, one record at a time and in the words of the directory.
 * Ids stay the source's own: `ELEVE_ID`, `PERSONNE_ID`, `ADRESSE_ID`, `CODE_STRUCTURE`, `CODE_MATIERE`, `CODE_MEF`, `TYPE:ID` of STS,
 * because the next import and the LSU export join on them. The full field rules are in the readers (functions/directory/formats).
 */

/** What a file is, found from its root element and never from its name. */
export const SchoolFileFormat = z.enum([
  'siecle-pupils',
  'siecle-guardians',
  'siecle-nomenclature',
  'siecle-structures',
  'siecle-common',
  'sts',
  'edt',
]);
export type SchoolFileFormat = z.infer<typeof SchoolFileFormat>;

/**
 * The id of a thing in the file it came from. SIECLE: the bare number. STS: `epp:8949`. EDT has its own ids where it does not know SIECLE's:
 * `PN:` and the PRONOTE id, else `EDT:` and the Ident of that base.
 */
export const SourceId = z.string().min(1).max(64);
export type SourceId = z.infer<typeof SourceId>;

/** CODE_STRUCTURE of SIECLE and STS, `Nom` of EDT: trimmed, inner spaces kept (`3 A`). It joins the files. */
export const StructureCode = z.string().min(1).max(64);
export type StructureCode = z.infer<typeof StructureCode>;

const Name = z.string().max(120);
const Label = z.string().max(200);
const Code = z.string().min(1).max(64);
const Email = z.email().max(254);

/** First record of each file: whose it is. The reader compares nothing but `school` with it; the year is the import's question. */
export const SchoolFileHeader = z.object({
  type: z.literal('header'),
  format: SchoolFileFormat,
  /** Name of the file, or `archive.zip/entry.xml`. */
  file: z.string().max(400),
  /** As written: a malformed UAI is another school's. */
  uai: z.string().min(1).max(32),
  /** The year the school year begins in: 2026 for 2026-2027. Absent from some exports. */
  year: z.int().min(1900).max(2199).optional(),
  exportedAt: LocalDate.optional(),
  version: z.string().max(32).optional(),
});
export type SchoolFileHeader = z.infer<typeof SchoolFileHeader>;

/** What BEE_COMMUN and STS say of the school itself. */
export const SchoolRecord = z.object({
  type: z.literal('school'),
  name: Label.optional(),
  academy: z.string().max(64).optional(),
  city: Label.optional(),
  postalCode: z.string().max(16).optional(),
  phone: z.string().max(32).optional(),
  email: Email.optional(),
  yearFrom: LocalDate.optional(),
  yearUntil: LocalDate.optional(),
});
export type SchoolRecord = z.infer<typeof SchoolRecord>;

/** `part`: a part of a class (PartieDeClasse) that a course names directly, without a group. */
export const GroupKind = z.enum(['class', 'group', 'part']);
export type GroupKind = z.infer<typeof GroupKind>;

/** Both days are included: a pupil whose membership ends on the 29th is still in the group on the 29th. Without dates: as long as the file stands. */
export const Membership = z.object({
  code: StructureCode,
  kind: GroupKind,
  from: LocalDate.optional(),
  until: LocalDate.optional(),
});
export type Membership = z.infer<typeof Membership>;

export const Sex = z.enum(['male', 'female']);

/** CODE_REGIME by its first digit (0, 1 · 2, 6 · 3, 5 · 4); what it cannot place stays in `regimeCode` alone. */
export const Regime = z.enum(['day', 'half-board', 'boarder', 'boarder-day']);
export type Regime = z.infer<typeof Regime>;

export const PupilRecord = z.object({
  type: z.literal('pupil'),
  /** ELEVE_ID (EDT: IDSconet, which is the same number). */
  sourceId: SourceId,
  /** Identifiant national élève: ID_NATIONAL, else INE_RNIE, else INE_BEA. */
  ine: z.string().min(1).max(32).optional(),
  /** ELENOET, local number: absent from some exports, never a key. */
  localNumber: z.string().max(32).optional(),
  /** ID_ELEVE_ETAB. */
  schoolNumber: z.string().max(64).optional(),
  /** IDPN of EDT. */
  pronoteId: z.string().max(64).optional(),
  familyName: Name.min(1),
  usageName: Name.optional(),
  givenName: Name.min(1),
  otherGivenNames: z.array(Name).max(4).optional(),
  birthDate: LocalDate.optional(),
  sex: Sex.optional(),
  regimeCode: z.string().max(16).optional(),
  regime: Regime.optional(),
  /** CODE_MEF, the national code of the course of study. */
  mef: z.string().max(32).optional(),
  /** CODE_STATUT: ST (under statutory schooling), AP (apprentice)… */
  status: z.string().max(16).optional(),
  email: Email.optional(),
  phone: z.string().max(32).optional(),
  entryDate: LocalDate.optional(),
  /** DATE_SORTIE: on and after this day the pupil is not at the school. */
  exitDate: LocalDate.optional(),
  exitReason: z.string().max(16).optional(),
  /** ADRESSE_ID of an AddressRecord of the same file. */
  addressId: SourceId.optional(),
  memberships: z.array(Membership).max(100),
  line: z.int(),
});
export type PupilRecord = z.infer<typeof PupilRecord>;

/** OPTIONS_ELEVE: needed by LSU (`modalite-election`). */
export const OptionRecord = z.object({
  type: z.literal('option'),
  pupilSourceId: SourceId,
  rank: z.int().min(0).max(99).optional(),
  /** CODE_MATIERE. */
  subjectId: Code,
  /** CODE_MODALITE_ELECT: S common core, O compulsory option, F optional. */
  modality: z.string().max(8).optional(),
});
export type OptionRecord = z.infer<typeof OptionRecord>;

export const Phones = z.object({
  home: z.string().max(32).optional(),
  mobile: z.string().max(32).optional(),
  work: z.string().max(32).optional(),
});

export const GuardianRecord = z.object({
  type: z.literal('guardian'),
  /** PERSONNE_ID. */
  sourceId: SourceId,
  /** As written, `M.`, `MME`, or `M,Mme` of EDT. */
  civility: z.string().max(32).optional(),
  familyName: Name.min(1),
  usageName: Name.optional(),
  givenName: Name,
  email: Email.optional(),
  phones: Phones,
  acceptsSms: z.boolean().optional(),
  /** COMMUNICATION_ADRESSE: the school may give the address to parents' associations. */
  sharesAddress: z.boolean().optional(),
  addressId: SourceId.optional(),
  /** CODE_PROFESSION. */
  occupation: z.string().max(16).optional(),
  pronoteId: z.string().max(64).optional(),
  line: z.int(),
});
export type GuardianRecord = z.infer<typeof GuardianRecord>;

/** NIVEAU_RESPONSABILITE: 1 legal guardian (both parents), 2 person in charge, 3 contact. */
export const ResponsibilityLevel = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type ResponsibilityLevel = z.infer<typeof ResponsibilityLevel>;

export const GuardianLinkRecord = z.object({
  type: z.literal('link'),
  pupilSourceId: SourceId,
  guardianSourceId: SourceId,
  /** Of EDT, which has ranks and no levels: 1 for RespLegal 1 and 2, else 3. It counts only where SIECLE was never imported. */
  level: ResponsibilityLevel,
  /** RespLegal of EDT (and RESP_LEGAL of old SIECLE): an order, not a right. */
  rank: z.int().min(0).max(9).optional(),
  /** CODE_PARENTE: 10 mother, 20 father, 37 sibling, 38 ascendant, 39 relative, 41 educator, 42 foster carer, 50 guardian, 51 ASE, 70 the pupil, 90 other. */
  kinship: z.string().max(8).optional(),
  /** A_CONTACTER_EN_PRIORITE. */
  contactFirst: z.boolean().optional(),
  /** HEBERGE_ELEVE. */
  hosts: z.boolean().optional(),
  /** PAIE_FRAIS_SCOLAIRES. */
  pays: z.boolean().optional(),
  /** PERCOIT_LES_AIDES. */
  receivesAid: z.boolean().optional(),
  line: z.int(),
});
export type GuardianLinkRecord = z.infer<typeof GuardianLinkRecord>;

export const AddressRecord = z.object({
  type: z.literal('address'),
  sourceId: SourceId,
  lines: z.array(z.string().max(200)).max(4),
  postalCode: z.string().max(16).optional(),
  city: Label.optional(),
  /** CODE_COMMUNE_INSEE. */
  communeCode: z.string().max(16).optional(),
  country: Label.optional(),
});
export type AddressRecord = z.infer<typeof AddressRecord>;

export const TeacherRecord = z.object({
  type: z.literal('teacher'),
  /** `TYPE:ID` of STS (an ID is unique within its type only); of EDT `PN:…` or `EDT:…`, joined to STS by `stsId`. */
  sourceId: SourceId,
  /** INDIVIDU/@ID of STS, IDSTS of EDT. */
  stsId: z.string().max(64).optional(),
  /** INDIVIDU/@TYPE: epp, local, dir, eppsup (a substitute). */
  stsType: z.string().max(16).optional(),
  pronoteId: z.string().max(64).optional(),
  civility: z.string().max(32).optional(),
  sex: Sex.optional(),
  familyName: Name.min(1),
  usageName: Name.optional(),
  givenName: Name,
  birthDate: LocalDate.optional(),
  grade: z.string().max(64).optional(),
  /** FONCTION: ENS teaches, DIR runs the school, EDU school life… absent for local people, who may teach all the same. */
  functionCode: z.string().max(16).optional(),
  /** Classes of which this is a professeur principal. */
  principalOf: z.array(StructureCode).max(20),
  disciplines: z.array(z.object({ code: Code, label: Label.optional() })).max(50),
  line: z.int(),
});
export type TeacherRecord = z.infer<typeof TeacherRecord>;

export const GroupRecord = z.object({
  type: z.literal('group'),
  code: StructureCode,
  kind: GroupKind,
  label: Label.optional(),
  /** CODE_MEF of a class. */
  mefs: z.array(Code).max(50),
  /** The classes a group or part takes its pupils from: more than one when it spans classes. Empty for a class. */
  classCodes: z.array(StructureCode).max(200),
  expectedSize: z.int().min(0).max(10_000).optional(),
});
export type GroupRecord = z.infer<typeof GroupRecord>;

export const SubjectRecord = z.object({
  type: z.literal('subject'),
  /** What courses, services and options of the same file name: CODE_MATIERE in SIECLE and STS, `Code` in EDT. */
  sourceId: Code,
  /** CODE_MATIERE, six digits. Several codes may bear one name. */
  nationalCode: z.string().max(16).optional(),
  /** CODE_GESTION, which EDT calls `Code`: it joins EDT to the nomenclature. */
  managementCode: z.string().max(64).optional(),
  label: Label,
  shortLabel: Label.optional(),
});
export type SubjectRecord = z.infer<typeof SubjectRecord>;

export const MefRecord = z.object({
  type: z.literal('mef'),
  code: Code,
  label: Label.optional(),
  shortLabel: Label.optional(),
  /** CODE_MEFSTAT. */
  statisticalCode: z.string().max(32).optional(),
});
export type MefRecord = z.infer<typeof MefRecord>;

/** STS: a subject taught to a class or group, and by whom. */
export const ServiceRecord = z.object({
  type: z.literal('service'),
  groupCode: StructureCode,
  groupKind: GroupKind,
  subjectId: Code,
  /** CODE_MOD_COURS: CG whole class… */
  modality: z.string().max(16).optional(),
  teacherIds: z.array(SourceId).max(50),
});
export type ServiceRecord = z.infer<typeof ServiceRecord>;

export const TimetableSlot = z.object({ number: z.int().min(0).max(200), startMinute: MinuteOfDay, endMinute: MinuteOfDay });
export type TimetableSlot = z.infer<typeof TimetableSlot>;

/** Once per EDT file, before its courses. */
export const TimetableHeader = z.object({
  type: z.literal('timetable'),
  /** DatePremierJourSemaine1: bit 1 of every week mask is the week that begins on this day. */
  firstMonday: LocalDate,
  yearFrom: LocalDate,
  yearUntil: LocalDate,
  slotMinutes: z.int().min(1).max(1440),
  slots: z.array(TimetableSlot).max(200),
  /** Days the school is open, 1 Monday … 7 Sunday. */
  openWeekdays: z.array(z.int().min(1).max(7)).max(7),
});
export type TimetableHeader = z.infer<typeof TimetableHeader>;

/**
 * One weekly lesson with the same people in each of its weeks: a course whose teachers, groups or rooms change from week to week is several records.
 * It carries no stable id (exports have none). Without class or group it has no pupils and becomes no lesson.
 */
export const CourseRecord = z.object({
  type: z.literal('course'),
  /** Position of the course in the file, from 0: for messages only, it changes at the next export. */
  position: z.int().min(0),
  /** 1 Monday … 7 Sunday. */
  weekday: z.int().min(1).max(7),
  startMinute: MinuteOfDay,
  minutes: z.int().min(1).max(1440),
  /** First slot and number of slots, as the file says. */
  slot: z.int().min(0).max(200),
  slots: z.int().min(1).max(200),
  subjectId: Code.optional(),
  /** `sourceId` of the file's TeacherRecords; several when co-taught. */
  teacherIds: z.array(SourceId).max(100),
  classCodes: z.array(StructureCode).max(200),
  /** Groups, and parts of classes named directly. */
  groupCodes: z.array(StructureCode).max(200),
  rooms: z.array(z.string().max(64)).max(100),
  /** Mondays of the weeks in which it takes place, ascending, cancelled weeks left out. */
  weeks: z.array(LocalDate).max(64),
  /** Mondays of the weeks for which EDT says that it was cancelled (SemainesAnnulation). */
  cancelledWeeks: z.array(LocalDate).max(64),
  line: z.int(),
});
export type CourseRecord = z.infer<typeof CourseRecord>;

/** Something a human should look at; it never stops the import. What to say of it and how to mend it: ANOMALIES, by its code. */
export const Anomaly = z.object({
  type: z.literal('anomaly'),
  code: AnomalyCode,
  file: z.string().max(400),
  line: z.int().min(1),
  /** What the anomaly is about, by the ids of the file. */
  subject: z
    .object({
      kind: z.enum(['pupil', 'guardian', 'link', 'address', 'teacher', 'group', 'subject', 'course', 'file']),
      id: z.string().max(140),
    })
    .optional(),
  /** The field as the file calls it, `DATE_NAISS`. */
  field: z.string().max(64).optional(),
  /** Ids of the others concerned: the twin, the pupil whose address it is. */
  related: z.array(z.string().max(140)).max(20).optional(),
});
export type Anomaly = z.infer<typeof Anomaly>;

/** Anything a reader yields. A file's header comes first; the order of the rest is the file's, pupils after their memberships are known. */
export const SchoolFileRecord = z.discriminatedUnion('type', [
  SchoolFileHeader,
  SchoolRecord,
  PupilRecord,
  OptionRecord,
  GuardianRecord,
  GuardianLinkRecord,
  AddressRecord,
  TeacherRecord,
  GroupRecord,
  SubjectRecord,
  MefRecord,
  ServiceRecord,
  TimetableHeader,
  CourseRecord,
  Anomaly,
]);
export type SchoolFileRecord = z.infer<typeof SchoolFileRecord>;
