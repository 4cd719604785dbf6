import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../shared/directory/events-of.ts';
import { ImportJob } from '../../../shared/directory/import.ts';
import { GuardianLink } from '../../../shared/directory/person.ts';
import { PersonItem, SchoolItem } from '../../../shared/directory/table.ts';

const uai = '0134567A';
const job = (changes: Partial<ImportJob>) => ({
  entity: 'import' as const,
  ...ImportJob.parse({
    uai,
    importId: 'i_00000001',
    state: 'uploading',
    files: [],
    startedAt: '2026-09-15T08:00:00.000Z',
    movedAt: '2026-09-15T08:00:00.000Z',
    ...changes,
  }),
});
const person = (changes: object) => ({
  entity: 'person' as const,
  ...PersonItem.parse({
    uai,
    personId: 'p_lea000000',
    door: 'pupil',
    familyName: 'MARTIN',
    givenName: 'Léa',
    sortKey: 'MARTIN LEA',
    ...changes,
  }),
});
const link = (changes: object) => ({
  entity: 'link' as const,
  ...GuardianLink.parse({
    uai,
    pupilId: 'p_lea000000',
    guardianId: 'p_claire000',
    level: 1,
    householdId: '1',
    origin: 'siecle',
    ...changes,
  }),
});

describe('what the directory’s stream tells', () => {
  it('says that a chunk is due each time a running job moves', () => {
    const before = job({ state: 'inspected', rev: 3 });
    expect(eventsOf({ entity: 'import', before, after: job({ state: 'applying', rev: 4 }) })).toEqual([
      { name: 'directory.import-chunk-due', payload: { uai, importId: 'i_00000001', revision: 4 } },
    ]);
    expect(eventsOf({ entity: 'import', before, after: job({ state: 'interrupted', rev: 4 }) })).toEqual([]);
  });
  it('says that a timetable came, once the import that holds it is done', () => {
    const before = job({ state: 'applying', rev: 4 });
    const done = job({ state: 'done', rev: 5, counts: { ...before.counts, courses: 3 } });
    expect(eventsOf({ entity: 'import', before, after: done })).toMatchObject([{ name: 'directory.timetable-imported' }]);
    expect(eventsOf({ entity: 'import', before, after: job({ state: 'done', rev: 5 }) })).toMatchObject([
      { name: 'directory.people-imported' },
    ]);
    expect(eventsOf({ entity: 'import', before: done, after: done })).toEqual([]);
  });
  it('says that a school’s settings changed, and nothing of an import that left them as they were', () => {
    const school = (changes: object) => ({ entity: 'school' as const, ...SchoolItem.parse({ uai, name: 'Les Tilleuls', ...changes }) });
    const before = school({});
    expect(eventsOf({ entity: 'school', before, after: school({ settings: { graceMinutes: 3 }, rev: 2 }) })).toEqual([
      { name: 'directory.school-changed', payload: { uai, revision: 2 } },
    ]);
    expect(eventsOf({ entity: 'school', before, after: school({ lastImportId: 'i_00000001', rev: 2 }) })).toEqual([]);
    expect(eventsOf({ entity: 'school', after: before })).toEqual([]);
  });
  it('says who left, and nothing of who comes', () => {
    expect(eventsOf({ entity: 'person', before: person({}), after: person({ departedOn: '2026-09-15', rev: 2 }) })).toEqual([
      { name: 'directory.person-departed', payload: { uai, personId: 'p_lea000000', revision: 2 } },
    ]);
    expect(eventsOf({ entity: 'person', after: person({}) })).toEqual([]);
    expect(eventsOf({ entity: 'person', before: person({ departedOn: '2026-09-15' }), after: person({ rev: 2 }) })).toEqual([]);
  });
  it('says that a tie changed, but makes no event for each new one', () => {
    expect(eventsOf({ entity: 'link', before: link({}), after: link({ until: '2026-09-14', rev: 2 }) })).toMatchObject([
      { name: 'directory.guardian-link-changed', payload: { revision: 2 } },
    ]);
    expect(eventsOf({ entity: 'link', after: link({}) })).toEqual([]);
  });
  it('carries no name', () => {
    const told = eventsOf({ entity: 'person', before: person({}), after: person({ departedOn: '2026-09-15', rev: 2 }) });
    expect(JSON.stringify(told)).not.toMatch(/martin|léa/i);
  });
});
