import * as z from 'zod';
import {
  Door,
  Duty,
  defineRoute,
  directs,
  either,
  GroupId,
  ImportId,
  Instant,
  isSelf,
  LocalDate,
  PersonId,
  runsOffice,
  runsSchoolLife,
  TimeZone,
  teachesAt,
  Uai,
  worksAt,
} from '../kernel/index.ts';
import { ChangeKind, ImportAnomaly, ImportChange, ImportFile, ImportQuestion, ShownImport } from './import.ts';
import { Group, GuardianLink, Language, Names, Person } from './person.ts';
import { GivenSettings, School } from './school.ts';

const ofSchool = { uai: Uai };
const ofPupil = { uai: Uai, pupilId: PersonId };
const ofLink = { uai: Uai, pupilId: PersonId, guardianId: PersonId };
const ofImport = { uai: Uai, importId: ImportId };
const done = z.object({ done: z.literal(true) });

const UAI = '0134567A';
const PUPIL = 'p_0c9d4b1e8f7a2c3d5e6f7a8b9c';
const GUARDIAN = 'p_1f2e3d4c5b6a79880a1b2c3d4e';
const STAFF = 'p_2a3b4c5d6e7f80910a1b2c3d4f';
const CLASS = 'g_3b4c5d6e7f8091a2b3c4d5e6f7';
const IMPORT = 'i_0199d3a4-7c1e-7b6a-9d52-0f6d6e2b8a11';

export const MySchool = School.pick({
  uai: true,
  name: true,
  city: true,
  timeZone: true,
  schoolLifeEmail: true,
  schoolLifePhone: true,
}).extend({
  timeZone: TimeZone,
  /** The school's record of the caller. */
  personId: PersonId,
  duties: z.array(Duty),
  /** Today at the school, on the civil clock. */
  today: LocalDate,
});
export type MySchool = z.infer<typeof MySchool>;

export const MyGroup = Group.pick({ uai: true, groupId: true, kind: true, label: true });
export type MyGroup = z.infer<typeof MyGroup>;

export const MyChild = z.object({
  uai: Uai,
  pupilId: PersonId,
  ...Names.shape,
  sex: Person.shape.sex,
  classLabel: z.string().optional(),
  level: GuardianLink.shape.level,
  /** One of six child colours, by order of birth within the family. */
  colour: z.int().min(1).max(6),
});
export type MyChild = z.infer<typeof MyChild>;

export const me = defineRoute({
  name: 'directory.me',
  method: 'GET',
  path: '/me',
  rights: { pupil: isSelf, guardian: isSelf, teacher: isSelf, staff: isSelf, authority: isSelf },
  params: {},
  answer: z.object({
    personId: PersonId,
    door: Door,
    ...Names.shape,
    language: Language,
    /** The civil instant: the local stage may have moved it. */
    now: Instant,
    schools: z.array(MySchool),
    /** Classes and groups taught, or the pupil's own. */
    groups: z.array(MyGroup),
    children: z.array(MyChild),
  }),
  summary: 'Who the caller is, where, and for whom: all the shell of a home needs.',
  example: {
    answer: {
      personId: GUARDIAN,
      door: 'guardian',
      familyName: 'MARTIN',
      givenName: 'Claire',
      language: 'fr',
      now: '2026-09-15T08:05:00.000Z',
      schools: [{ uai: UAI, name: 'Collège Jean-Zay', timeZone: 'Europe/Paris', personId: GUARDIAN, duties: [], today: '2026-09-15' }],
      groups: [],
      children: [{ uai: UAI, pupilId: PUPIL, familyName: 'MARTIN', givenName: 'Léa', sex: 'F', classLabel: '5 B', level: 1, colour: 1 }],
    },
  },
});

export const listGroups = defineRoute({
  name: 'directory.list-groups',
  method: 'GET',
  path: '/schools/{uai}/groups',
  rights: { staff: worksAt, teacher: teachesAt },
  params: ofSchool,
  answer: z.object({ groups: z.array(Group.omit({ pupils: true, rev: true, uai: true }).extend({ size: z.int() })) }),
  summary: 'Classes first, then groups, by label, with the number of their pupils.',
  example: { answer: { groups: [{ groupId: CLASS, kind: 'class', code: '5 B', label: '5 B', classIds: [], size: 27 }] } },
});

/** A line of a list of people. */
export const PersonLine = Person.pick({ personId: true, door: true, familyName: true, givenName: true, sex: true, duties: true }).extend({
  classLabel: z.string().optional(),
  activated: z.boolean(),
});
export type PersonLine = z.infer<typeof PersonLine>;

export const searchPeople = defineRoute({
  name: 'directory.search-people',
  method: 'GET',
  path: '/schools/{uai}/people',
  rights: { staff: worksAt, teacher: teachesAt },
  params: ofSchool,
  query: {
    door: z.enum(['pupil', 'guardian', 'teacher', 'staff']).default('pupil'),
    /** The beginning of a family name, then of a given name: `mart`, `martin le`. */
    name: z.string().max(60).default(''),
    /** Pupils of this class or group only. */
    groupId: GroupId.optional(),
    cursor: z.string().max(4000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  },
  answer: z.object({ people: z.array(PersonLine), cursor: z.string().optional() }),
  summary: 'People of a door whose name begins so, by name: « taper un nom ». Pupils only for teachers.',
  example: {
    answer: {
      people: [
        {
          personId: PUPIL,
          door: 'pupil',
          familyName: 'MARTIN',
          givenName: 'Léa',
          sex: 'F',
          duties: [],
          classLabel: '5 B',
          activated: false,
        },
      ],
    },
  },
});

/** A guardian as a pupil's file shows them. */
export const GuardianInFile = Person.pick({
  personId: true,
  familyName: true,
  givenName: true,
  civility: true,
  email: true,
  phones: true,
  acceptsSms: true,
}).extend({
  ...GuardianLink.pick({ level: true, kinship: true, contactFirst: true, householdId: true, from: true, until: true }).shape,
  restriction: z.object({ from: LocalDate, until: LocalDate.optional() }).optional(),
  activated: z.boolean(),
  /** Told of absences today, by the rule of entitlement. */
  told: z.boolean(),
});
export type GuardianInFile = z.infer<typeof GuardianInFile>;

export const pupilFile = defineRoute({
  name: 'directory.pupil-file',
  method: 'GET',
  path: '/schools/{uai}/pupils/{pupilId}',
  rights: { staff: either(runsSchoolLife, runsOffice) },
  params: ofPupil,
  answer: z.object({
    pupil: Person.pick({
      personId: true,
      familyName: true,
      givenName: true,
      sex: true,
      birthDate: true,
      email: true,
      phones: true,
      regime: true,
    }).extend({
      classLabel: z.string().optional(),
      adult: z.boolean(),
      refusesParents: z.boolean(),
      groups: z.array(GroupId),
    }),
    guardians: z.array(GuardianInFile),
  }),
  summary: 'A pupil with guardians, telephones, levels and restrictions.',
  example: {
    answer: {
      pupil: {
        personId: PUPIL,
        familyName: 'MARTIN',
        givenName: 'Léa',
        sex: 'F',
        birthDate: '2014-04-02',
        classLabel: '5 B',
        adult: false,
        refusesParents: false,
        groups: [CLASS],
      },
      guardians: [
        {
          personId: GUARDIAN,
          familyName: 'MARTIN',
          givenName: 'Claire',
          civility: 'Mme',
          email: 'claire.martin@example.org',
          phones: [{ kind: 'mobile', number: '+33639980001' }],
          acceptsSms: true,
          level: 1,
          kinship: '10',
          contactFirst: true,
          householdId: '20001',
          activated: true,
          told: true,
        },
      ],
    },
  },
});

export const suspendGuardian = defineRoute({
  name: 'directory.suspend-guardian',
  method: 'PUT',
  path: '/schools/{uai}/pupils/{pupilId}/guardians/{guardianId}/suspension',
  rights: { staff: directs },
  params: ofLink,
  body: z.strictObject({}),
  answer: done,
  summary: '« Suspendre ce responsable »: from now on neither told nor shown, unsent mail and open links included; survives imports.',
  example: { body: {}, answer: { done: true } },
});

export const restrictGuardian = defineRoute({
  name: 'directory.restrict-guardian',
  method: 'PUT',
  path: '/schools/{uai}/pupils/{pupilId}/guardians/{guardianId}/restriction',
  rights: { staff: directs },
  params: ofLink,
  body: z.strictObject({ from: LocalDate, until: LocalDate.optional() }),
  answer: done,
  failures: ['directory.dates-reversed'],
  summary: 'A judgment or forbidden contact, dated, both days included: neither told nor shown while it lasts; survives imports.',
  example: { body: { from: '2026-09-15', until: '2027-01-31' }, answer: { done: true } },
});

export const liftSuspension = defineRoute({
  name: 'directory.lift-suspension',
  method: 'DELETE',
  path: '/schools/{uai}/pupils/{pupilId}/guardians/{guardianId}/restriction',
  rights: { staff: directs },
  params: ofLink,
  answer: done,
  summary: 'Ends a suspension or restriction: told and shown again, as the level says.',
  example: { answer: { done: true } },
});

export const recordRefusal = defineRoute({
  name: 'directory.record-refusal',
  method: 'PUT',
  path: '/schools/{uai}/pupils/{pupilId}/refusal',
  rights: { staff: directs },
  params: ofPupil,
  body: z.strictObject({ refuses: z.boolean() }),
  answer: done,
  failures: ['directory.not-of-age'],
  summary: 'A pupil of age refuses in writing that parents be told, or takes it back.',
  example: { body: { refuses: true }, answer: { done: true } },
});

const ShownSchool = School.omit({ rev: true });

export const readSchool = defineRoute({
  name: 'directory.read-school',
  method: 'GET',
  path: '/schools/{uai}',
  rights: { staff: worksAt },
  params: ofSchool,
  answer: ShownSchool,
  summary: 'The school and its settings.',
  example: {
    answer: {
      uai: UAI,
      name: 'Collège Jean-Zay',
      city: 'Châteauroux',
      academy: '18',
      timeZone: 'Europe/Paris',
      year: 2026,
      schoolLifeEmail: 'vie-scolaire@example.org',
      schoolLifePhone: '02 54 00 00 00',
    },
  },
});

export const changeSettings = defineRoute({
  name: 'directory.change-settings',
  method: 'PATCH',
  path: '/schools/{uai}/settings',
  rights: { staff: directs },
  params: ofSchool,
  body: GivenSettings.extend({
    schoolLifeEmail: School.shape.schoolLifeEmail,
    schoolLifePhone: School.shape.schoolLifePhone,
  }),
  answer: ShownSchool,
  failures: ['directory.hours-out-of-order'],
  summary: 'Changes the settings that are given; the others stay.',
  example: {
    body: { graceMinutes: 5 },
    answer: { uai: UAI, name: 'Collège Jean-Zay', timeZone: 'Europe/Paris', settings: { graceMinutes: 5 } },
  },
});

const SHOWN = {
  importId: IMPORT,
  state: 'inspected',
  files: [{ name: 'ElevesSansAdresses.xml', size: 812_345, formats: ['siecle-pupils' as const] }],
  startedAt: '2026-09-15T08:05:00.000Z',
  startedBy: STAFF,
  movedAt: '2026-09-15T08:05:04.000Z',
  cursor: 0,
  total: 14,
  counts: { arrivals: 12, changes: 3, classMoves: 1, departures: 2, linksLost: 1, anomalies: 4 },
  asks: [],
  year: 2026,
  stalled: false,
} as const;
const shown = { ...SHOWN, files: [...SHOWN.files].map((file) => ({ ...file, formats: [...file.formats] })), asks: [] };

export const startImport = defineRoute({
  name: 'directory.start-import',
  method: 'POST',
  path: '/schools/{uai}/imports',
  rights: { staff: runsOffice },
  params: ofSchool,
  body: z.strictObject({ files: z.array(ImportFile.strict()).min(1).max(10) }),
  answer: z.object({
    importId: ImportId,
    /** In the order of the files: POST each as multipart form data, `fields` first, the file last. */
    uploads: z.array(z.object({ name: z.string(), url: z.string(), fields: z.record(z.string(), z.string()) })),
  }),
  summary: 'Opens an import and says where each of its files goes.',
  example: {
    body: { files: [{ name: 'ElevesSansAdresses.xml', size: 812_345 }] },
    answer: {
      importId: IMPORT,
      uploads: [{ name: 'ElevesSansAdresses.xml', url: 'https://files.example', fields: { key: `${UAI}/${IMPORT}/0` } }],
    },
  },
});

export const inspectImport = defineRoute({
  name: 'directory.inspect-import',
  method: 'POST',
  path: '/schools/{uai}/imports/{importId}/inspection',
  rights: { staff: runsOffice },
  params: ofImport,
  body: z.strictObject({}),
  answer: ShownImport,
  failures: ['directory.file-missing', 'directory.import-state'],
  summary: 'Starts the dry run: reads the files, compares, changes nothing.',
  example: { body: {}, answer: shown },
});

export const readImport = defineRoute({
  name: 'directory.read-import',
  method: 'GET',
  path: '/schools/{uai}/imports/{importId}',
  rights: { staff: runsOffice },
  params: ofImport,
  answer: ShownImport,
  summary: 'Where an import stands: state, progress, what it would change, what it asks, why it was refused.',
  example: { answer: shown },
});

const page = z.coerce.number().int().min(0).max(9999).default(0);

export const listChanges = defineRoute({
  name: 'directory.list-changes',
  method: 'GET',
  path: '/schools/{uai}/imports/{importId}/changes',
  rights: { staff: runsOffice },
  params: ofImport,
  query: { kind: ChangeKind, page },
  answer: z.object({ changes: z.array(ImportChange), next: z.int().optional() }),
  summary: 'The differences of one kind, a hundred at a time.',
  example: {
    answer: {
      changes: [{ kind: 'class-move', personId: PUPIL, door: 'pupil', familyName: 'MARTIN', givenName: 'Léa', from: '5 A', to: '5 B' }],
    },
  },
});

export const listAnomalies = defineRoute({
  name: 'directory.list-anomalies',
  method: 'GET',
  path: '/schools/{uai}/imports/{importId}/anomalies',
  rights: { staff: runsOffice },
  params: ofImport,
  query: { language: Language.default('fr'), page },
  answer: z.object({ anomalies: z.array(ImportAnomaly), next: z.int().optional() }),
  summary: 'What a human should look at, with row and remedy, a hundred at a time.',
  example: {
    answer: {
      anomalies: [
        {
          code: 'pupil-without-ine',
          severity: 'warning',
          file: 'ElevesSansAdresses.xml',
          line: 42,
          subject: '10001',
          what: 'Élève sans INE',
          remedy: 'Compléter l’INE dans SIECLE quand il sera connu. L’élève est importé.',
        },
      ],
    },
  },
});

export const anomaliesCsv = defineRoute({
  name: 'directory.anomalies-csv',
  method: 'GET',
  path: '/schools/{uai}/imports/{importId}/anomalies.csv',
  rights: { staff: runsOffice },
  params: ofImport,
  query: { language: Language.default('fr') },
  answer: z.string(),
  media: 'text/csv',
  summary: 'All anomalies of an import; no cell can run as a formula.',
  example: { answer: 'gravité;fichier;ligne;objet;champ;anomalie;remède\n' },
});

export const confirmImport = defineRoute({
  name: 'directory.confirm-import',
  method: 'POST',
  path: '/schools/{uai}/imports/{importId}/confirmation',
  rights: { staff: runsOffice },
  params: ofImport,
  /** Every question that the import asks, answered yes. Confirming an import that is being applied resumes it. */
  body: z.strictObject({ accepts: z.array(ImportQuestion).max(5).default([]) }),
  answer: ShownImport,
  failures: ['directory.import-state', 'directory.import-asks', 'directory.import-outdated', 'directory.import-busy'],
  summary: 'Applies an inspected import.',
  example: { body: { accepts: ['many-departures'] }, answer: { ...shown, state: 'applying' } },
});

export const interruptImport = defineRoute({
  name: 'directory.interrupt-import',
  method: 'DELETE',
  path: '/schools/{uai}/imports/{importId}',
  rights: { staff: runsOffice },
  params: ofImport,
  answer: ShownImport,
  failures: ['directory.import-state'],
  summary: 'Stops an import where it stands. What was applied stays; the same files again give the rest.',
  example: { answer: { ...shown, state: 'interrupted' } },
});

export const listImports = defineRoute({
  name: 'directory.list-imports',
  method: 'GET',
  path: '/schools/{uai}/imports',
  rights: { staff: runsOffice },
  params: ofSchool,
  query: { cursor: z.string().max(4000).optional() },
  answer: z.object({ imports: z.array(ShownImport), cursor: z.string().optional() }),
  summary: 'Imports of the school, newest first.',
  example: { answer: { imports: [shown] } },
});

const PerDoor = z.object({ pupil: z.int(), guardian: z.int(), teacher: z.int(), staff: z.int() });

export const overview = defineRoute({
  name: 'directory.overview',
  method: 'GET',
  path: '/overview',
  rights: { authority: isSelf },
  params: {},
  answer: z.object({
    schools: z.array(
      School.pick({ uai: true, name: true, city: true, lastImportAt: true }).extend({
        /** People loaded, and those among them who opened an account. */
        loaded: PerDoor,
        activated: PerDoor,
      }),
    ),
  }),
  summary: 'The schools an authority oversees: people loaded, activated, last import. Numbers only.',
  example: {
    answer: {
      schools: [
        {
          uai: UAI,
          name: 'Collège Jean-Zay',
          lastImportAt: '2026-09-01T07:00:00.000Z',
          loaded: { pupil: 450, guardian: 850, teacher: 30, staff: 5 },
          activated: { pupil: 120, guardian: 510, teacher: 28, staff: 5 },
        },
      ],
    },
  },
});
