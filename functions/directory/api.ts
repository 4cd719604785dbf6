import { serve } from '../runtime/serve.ts';
import { anomaliesCsv } from './anomalies-csv.ts';
import { beginEngagement } from './begin-engagement.ts';
import { changeEngagement, endEngagement } from './change-engagement.ts';
import { changeSettings } from './change-settings.ts';
import { confirmImport } from './confirm-import.ts';
import { inspectImport } from './inspect-import.ts';
import { interruptImport } from './interrupt-import.ts';
import { liftSuspension } from './lift-suspension.ts';
import { listAnomalies } from './list-anomalies.ts';
import { listChanges } from './list-changes.ts';
import { listEngagements } from './list-engagements.ts';
import { listGroups } from './list-groups.ts';
import { listImports } from './list-imports.ts';
import manifest from './manifest.ts';
import { me } from './me.ts';
import { overview } from './overview.ts';
import { pupilFile } from './pupil-file.ts';
import { readImport } from './read-import.ts';
import { readSchool } from './read-school.ts';
import { recordRefusal } from './record-refusal.ts';
import { restrictGuardian } from './restrict-guardian.ts';
import { searchPeople } from './search-people.ts';
import { startImport } from './start-import.ts';
import { suspendGuardian } from './suspend-guardian.ts';

export const handler = serve(manifest.api, {
  me,
  listGroups,
  searchPeople,
  pupilFile,
  suspendGuardian,
  restrictGuardian,
  liftSuspension,
  recordRefusal,
  readSchool,
  changeSettings,
  startImport,
  inspectImport,
  readImport,
  listChanges,
  listAnomalies,
  anomaliesCsv,
  confirmImport,
  interruptImport,
  listImports,
  overview,
  listEngagements,
  beginEngagement,
  changeEngagement,
  endEngagement,
});
