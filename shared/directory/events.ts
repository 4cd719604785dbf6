import * as z from 'zod';
import { defineEvent, ImportId, PersonId, Uai } from '../kernel/index.ts';

export const importChunkDue = defineEvent({
  name: 'directory.import-chunk-due',
  payload: z.object({ uai: Uai, importId: ImportId, revision: z.int() }),
  summary: 'An import job moved its cursor and has more to do.',
});

export const timetableImported = defineEvent({
  name: 'directory.timetable-imported',
  payload: z.object({ uai: Uai, importId: ImportId, revision: z.int() }),
  summary: 'An applied import holds courses for the timetable.',
});

export const peopleImported = defineEvent({
  name: 'directory.people-imported',
  payload: z.object({ uai: Uai, importId: ImportId, revision: z.int() }),
  summary: 'An applied import without courses: class lists may be others.',
});

export const schoolChanged = defineEvent({
  name: 'directory.school-changed',
  payload: z.object({ uai: Uai, revision: z.int() }),
  summary: 'A school’s time zone or settings changed.',
});

export const personDeparted = defineEvent({
  name: 'directory.person-departed',
  payload: z.object({ uai: Uai, personId: PersonId, revision: z.int() }),
  summary: 'Someone left a school: hidden at once, account to close at 60 days.',
});

export const guardianLinkChanged = defineEvent({
  name: 'directory.guardian-link-changed',
  payload: z.object({ uai: Uai, pupilId: PersonId, guardianId: PersonId, revision: z.int() }),
  summary: 'A guardian’s tie to a pupil ended, changed its level, was restricted or lifted. A first import’s new ties make no event each.',
});
