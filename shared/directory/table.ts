import * as z from 'zod';
import { AccessCard, Door, defineTable, GroupId, PersonId, SchoolLink, Uai } from '../kernel/index.ts';
import { ImportJob } from './import.ts';
import { Group, GuardianLink, Person } from './person.ts';
import { School } from './school.ts';

/** What the directory keeps of a person beside what it tells others. */
export const PersonItem = Person.extend({
  /** The door again while the person is at the school: the list index is sparse, so the departed are in no list. */
  listed: Door.optional(),
  /** Label of a pupil's class. */
  classLabel: z.string().max(80).optional(),
  /** Classes and groups of a teacher, with the words a home shows: no roster is read for a label. */
  taught: z.array(z.object({ groupId: GroupId, kind: Group.shape.kind, label: z.string() })).default([]),
  /** Given by the person at activation: no file overwrites it. */
  ownEmail: z.boolean().default(false),
  /** From 18, a written refusal that parents be told, recorded by direction. */
  refusesParents: z.boolean().default(false),
});
export type PersonItem = z.infer<typeof PersonItem>;

export const GroupItem = Group.omit({ pupils: true }).extend({
  size: z.int().default(0),
  /** Families of files that define it: a file replaces only what is its own. */
  origins: z.array(z.enum(['siecle', 'sts', 'edt', 'manual'])).default([]),
});
export type GroupItem = z.infer<typeof GroupItem>;

export const RosterItem = Group.pick({ uai: true, groupId: true, kind: true, label: true, pupils: true, rev: true });
export type RosterItem = z.infer<typeof RosterItem>;

export const SchoolItem = School.extend({
  lastImportId: z.string().default('none'),
  /** SIECLE's guardians (and pupils, STS's teachers) were imported once: from then on EDT's are no source of rights. */
  sources: z.array(z.enum(['siecle-pupils', 'siecle-guardians', 'sts', 'edt'])).default([]),
  /** Of the courses that the last import with a timetable held: the same file again changes nothing. */
  timetableHash: z.string().optional(),
  /** 1 while an import is being applied: two at once would undo each other. */
  importLock: z.int().default(0),
});
export type SchoolItem = z.infer<typeof SchoolItem>;

const count = z.int().default(0);
export const Figures = z.object({
  uai: Uai,
  loadedPupil: count,
  loadedGuardian: count,
  loadedTeacher: count,
  loadedStaff: count,
  activatedPupil: count,
  activatedGuardian: count,
  activatedTeacher: count,
  activatedStaff: count,
});
export type Figures = z.infer<typeof Figures>;

/**
 * The access card as stored: one attribute `school:{uai}` for each school, so that one school's import sets its own link
 * without reading the others'.
 */
export const CardItem = AccessCard.omit({ schools: true }).partial({ door: true }).extend({ personId: PersonId }).catchall(SchoolLink);

export const directory = defineTable({
  name: 'directory',
  entities: {
    school: { schema: SchoolItem, pk: '{uai}', sk: 'school', retention: 'as long as the school is served' },
    figures: { schema: Figures, pk: '{uai}', sk: 'figures', retention: 'as long as the school is served; numbers only' },
    person: {
      schema: PersonItem,
      pk: '{uai}',
      sk: 'person#{personId}',
      indexes: { people: { pk: '{uai}#{listed}', sk: '{sortKey}#{personId}' } },
      retention: 'while at the school; hidden on departure, account closed at 60 days, erased by day 85 (arrêté du 30/11/2006)',
    },
    // Beside the pupil: one query is the pupil with whoever is tied to them.
    link: {
      schema: GuardianLink,
      pk: '{uai}',
      sk: 'person#{pupilId}#guardian#{guardianId}',
      indexes: { guardian: { pk: '{uai}#{guardianId}', sk: '{pupilId}' } },
      retention: 'ended, never deleted, while the pupil is at the school; erased with the pupil',
    },
    group: { schema: GroupItem, pk: '{uai}', sk: 'group#{groupId}', retention: 'the school year' },
    roster: { schema: RosterItem, pk: '{uai}', sk: 'roster#{groupId}', retention: 'the school year' },
    card: {
      schema: CardItem,
      pk: '{personId}',
      sk: 'card',
      retention: 'while the person has a link to a school; erased with the last record',
    },
    import: { schema: ImportJob, pk: '{uai}', sk: 'import#{importId}', retention: 'two school years; its files go after 30 days' },
  },
  patterns: {
    people: {
      entities: ['person'],
      index: 'people',
      pk: '{uai}#{door}',
      sk: '{prefix}',
      summary: 'people of a door at a school whose folded name begins so',
    },
    everybody: {
      entities: ['person'],
      index: 'people',
      pk: '{uai}#{door}',
      summary: 'all people of a door at a school, by name',
    },
    everyone: {
      entities: ['person'],
      pk: '{uai}',
      sk: 'person#',
      summary: 'every record of a school, the departed too: for its figures',
    },
    records: {
      entities: ['person', 'link'],
      pk: '{uai}',
      sk: 'person#',
      summary: 'every record and guardian link of a school, the departed too: for the comparison an import makes',
    },
    family: {
      entities: ['person', 'link'],
      pk: '{uai}',
      between: ['person#{pupilId}', 'person#{pupilId}#~'],
      summary: 'a pupil and their ties to guardians',
    },
    guardians: { entities: ['link'], pk: '{uai}', sk: 'person#{pupilId}#guardian#', summary: 'the guardians of a pupil' },
    children: { entities: ['link'], index: 'guardian', pk: '{uai}#{guardianId}', summary: 'the pupils of a guardian' },
    groups: { entities: ['group'], pk: '{uai}', sk: 'group#', summary: 'classes and groups of a school, without their pupils' },
    rosters: {
      entities: ['roster'],
      pk: '{uai}',
      sk: 'roster#',
      summary: 'every class and group list: for the comparison an import makes',
    },
    imports: { entities: ['import'], pk: '{uai}', sk: 'import#', summary: 'imports of a school, by age' },
  },
});
