import * as z from 'zod';
import { Door, defineQuestion, GroupId, ImportId, Instant, LocalDate, PersonId, Uai } from '../kernel/index.ts';
import { ChangeKind, ImportAnomaly, ImportChange, ImportFile, ImportQuestion, ShownImport } from './import.ts';
import { Group, GuardianLink, Language, Person, RosterPupil } from './person.ts';
import { School } from './school.ts';

const of = { uai: Uai };

export const school = defineQuestion({
  name: 'directory.school',
  input: z.object(of),
  answer: School.nullable(),
  summary: 'A school and its settings.',
});

export const people = defineQuestion({
  name: 'directory.people',
  input: z.object({ ...of, personIds: z.array(PersonId).max(200) }),
  answer: z.array(Person),
  summary: 'Records of a school, by id; unknown ones are left out.',
});

export const peopleAt = defineQuestion({
  name: 'directory.people-at',
  input: z.object({ ...of, door: Door, groupId: GroupId.optional(), cursor: z.string().optional(), limit: z.int().max(200).default(100) }),
  answer: z.object({ people: z.array(Person), cursor: z.string().optional() }),
  summary:
    'The people of a door at a school who have or may open an account, by name; with a group, its pupils, or the guardians of its pupils.',
});

export const rosters = defineQuestion({
  name: 'directory.rosters',
  input: z.object({ ...of, groupIds: z.array(GroupId).max(40), on: LocalDate }),
  answer: z.array(Group.pick({ groupId: true, kind: true, label: true }).extend({ pupils: z.array(RosterPupil) })),
  summary: 'Who belongs to classes and groups on a day.',
});

export const classLists = defineQuestion({
  name: 'directory.class-lists',
  input: z.object({ ...of, cursor: z.string().optional() }),
  answer: z.object({
    lists: z.array(Group.pick({ uai: true, groupId: true, kind: true, label: true }).extend({ pupils: z.array(RosterPupil) })),
    cursor: z.string().optional(),
  }),
  summary: 'Every class and group list of a school, page by page, with past and future memberships.',
});

/** A guardian who may be told about a pupil today, with the ways to reach them. */
export const GuardianToTell = Person.pick({
  personId: true,
  familyName: true,
  givenName: true,
  civility: true,
  email: true,
  phones: true,
  acceptsSms: true,
  language: true,
  accountId: true,
}).extend(GuardianLink.pick({ level: true, kinship: true, contactFirst: true, householdId: true }).shape);
export type GuardianToTell = z.infer<typeof GuardianToTell>;

export const guardiansToTell = defineQuestion({
  name: 'directory.guardians-to-tell',
  input: z.object({
    ...of,
    pupilIds: z.array(PersonId).max(60),
    on: LocalDate,
    /** Of these alone it is asked: read by their keys, at once. */
    guardianIds: z.array(PersonId).max(20).optional(),
  }),
  answer: z.array(
    z.object({
      pupil: RosterPupil.extend({ adult: z.boolean(), email: z.string().optional(), accountId: PersonId.optional() }),
      guardians: z.array(GuardianToTell),
    }),
  ),
  summary:
    'Who is entitled to be told of these pupils on a day (level 1; level 2 as the school set; never level 3, restricted, ended or departed ones). Read at the moment of sending.',
});

export const timetableOfImport = defineQuestion({
  name: 'directory.timetable-of-import',
  input: z.object({ ...of, importId: ImportId, cursor: z.int().min(0).default(0), limit: z.int().max(500).default(200) }),
  answer: z.object({
    calendar: z.object({ firstMonday: LocalDate, from: LocalDate, until: LocalDate }),
    courses: z.array(
      z.object({
        weekday: z.int().min(1).max(7),
        startMinute: z.int(),
        minutes: z.int().positive(),
        /** Decimal 64-bit mask; bit i = week i, bit 1 = the week of `firstMonday`. */
        weeks: z.string().regex(/^\d{1,20}$/),
        subject: z.object({ code: z.string(), label: z.string() }),
        teacherIds: z.array(PersonId),
        groupIds: z.array(GroupId),
        groupLabels: z.array(z.string()),
        rooms: z.array(z.string()),
      }),
    ),
    next: z.int().optional(),
  }),
  summary: 'The courses an applied import brought, with our own ids, page by page.',
});

export const recordActivation = defineQuestion({
  name: 'directory.record-activation',
  input: z.object({ ...of, personId: PersonId, accountId: PersonId, at: Instant, email: z.email().optional() }),
  answer: z.object({ door: Door }),
  summary: 'A record has been opened by an account; with another accountId, its links move onto that account’s card.',
});

export const revokeTokens = defineQuestion({
  name: 'directory.revoke-tokens',
  input: z.object({ personId: PersonId, notBefore: Instant }),
  answer: z.object({ done: z.literal(true) }),
  summary: 'Tokens issued before an instant stop working at the next request.',
});

export const openSchool = defineQuestion({
  name: 'directory.open-school',
  input: School.pick({ uai: true, name: true }).extend({
    city: z.string().optional(),
    academy: z.string().optional(),
    timeZone: z.string().optional(),
    schoolLifeEmail: z.email().optional(),
    schoolLifePhone: z.string().optional(),
  }),
  answer: School,
  summary: 'The operator opens a school, or changes its name, place or mailbox.',
});

export const invite = defineQuestion({
  name: 'directory.invite',
  input: Person.pick({ uai: true, familyName: true, givenName: true, duties: true }).extend({
    door: z.enum(['staff', 'authority', 'teacher']),
    email: z.email().optional(),
    oversees: z.array(Uai).default([]),
  }),
  answer: Person,
  summary: 'The operator or direction adds a person no export file holds. The same names at the same door are the same person.',
});

const ofImport = { ...of, importId: ImportId };

/** The operator's command does the job of the office's page, with AWS credentials in place of a sign-in. */
export const importFiles = defineQuestion({
  name: 'directory.import-files',
  input: z.object({ ...of, files: z.array(ImportFile).min(1).max(10) }),
  answer: z.object({
    importId: ImportId,
    /** As for the page: POST each as multipart form data, `fields` first, the file last. */
    uploads: z.array(z.object({ name: z.string(), url: z.string(), fields: z.record(z.string(), z.string()) })),
  }),
  summary: 'The operator opens an import, and hears where its files go.',
});

export const inspectFiles = defineQuestion({
  name: 'directory.inspect-files',
  input: z.object(ofImport),
  answer: ShownImport,
  summary: 'The operator starts the dry run of an import.',
});

export const importState = defineQuestion({
  name: 'directory.import-state',
  input: z.object(ofImport),
  answer: ShownImport,
  summary: 'Where an import stands.',
});

const page = z.int().min(0).default(0);

export const importChanges = defineQuestion({
  name: 'directory.import-changes',
  input: z.object({ ...ofImport, kind: ChangeKind, page }),
  answer: z.object({ changes: z.array(ImportChange), next: z.int().optional() }),
  summary: 'The differences of one kind that an import would make.',
});

export const importAnomalies = defineQuestion({
  name: 'directory.import-anomalies',
  input: z.object({ ...ofImport, language: Language.default('fr'), page }),
  answer: z.object({ anomalies: z.array(ImportAnomaly), next: z.int().optional() }),
  summary: 'What a human should look at in the files of an import.',
});

export const confirmFiles = defineQuestion({
  name: 'directory.confirm-files',
  input: z.object({ ...ofImport, accepts: z.array(ImportQuestion).max(5).default([]) }),
  answer: ShownImport,
  summary: 'The operator applies an inspected import, or resumes one that stands still.',
});
