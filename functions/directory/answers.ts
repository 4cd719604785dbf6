import { answers } from '../runtime/answer.ts';
import { answerClassLists } from './answer-class-lists.ts';
import { answerGuardiansToTell } from './answer-guardians-to-tell.ts';
import { answerImportAnomalies } from './answer-import-anomalies.ts';
import { answerImportChanges } from './answer-import-changes.ts';
import { answerImportState } from './answer-import-state.ts';
import { answerPeople } from './answer-people.ts';
import { answerPeopleAt } from './answer-people-at.ts';
import { answerRosters } from './answer-rosters.ts';
import { answerSchool } from './answer-school.ts';
import { answerTimetableOfImport } from './answer-timetable-of-import.ts';
import { confirmFiles } from './confirm-files.ts';
import { importFiles } from './import-files.ts';
import { inspectFiles } from './inspect-files.ts';
import { invite } from './invite.ts';
import manifest from './manifest.ts';
import { openSchool } from './open-school.ts';
import { recordActivation } from './record-activation.ts';
import { revokeTokens } from './revoke-tokens.ts';

export const handler = answers(manifest.answers, {
  school: answerSchool,
  people: answerPeople,
  peopleAt: answerPeopleAt,
  rosters: answerRosters,
  classLists: answerClassLists,
  guardiansToTell: answerGuardiansToTell,
  timetableOfImport: answerTimetableOfImport,
  recordActivation,
  revokeTokens,
  openSchool,
  invite,
  importFiles,
  inspectFiles,
  importState: answerImportState,
  importChanges: answerImportChanges,
  importAnomalies: answerImportAnomalies,
  confirmFiles,
});
