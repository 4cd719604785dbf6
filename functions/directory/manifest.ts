import * as engagementRoutes from '../../shared/directory/engagement-routes.ts';
import {
  guardianLinkChanged,
  importChunkDue,
  peopleImported,
  personDeparted,
  schoolChanged,
  timetableImported,
} from '../../shared/directory/events.ts';
import { eventsOf } from '../../shared/directory/events-of.ts';
import * as questions from '../../shared/directory/questions.ts';
import * as routes from '../../shared/directory/routes.ts';
import { directory } from '../../shared/directory/table.ts';
import { defineContext, defineRelay, may, mayFile, type PortsOf } from '../../shared/kernel/index.ts';

/** Questions stand beside the shapes of their answers. */
const {
  school,
  people,
  peopleAt,
  rosters,
  classLists,
  guardiansToTell,
  timetableOfImport,
  recordActivation,
  revokeTokens,
  openSchool,
  invite,
  importFiles,
  inspectFiles,
  importState,
  importChanges,
  importAnomalies,
  confirmFiles,
} = questions;
const {
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
} = routes;

const { listEngagements, beginEngagement, changeEngagement, endEngagement } = engagementRoutes;

const manifest = defineContext({
  name: 'directory',
  table: directory,
  api: {
    routes: {
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
    },
    grants: [may(directory, 'get', 'query', 'put', 'update'), mayFile('imports', 'read', 'upload')],
    loses: 'No home opens; nobody can look up a pupil’s guardians, suspend one, or import.',
  },
  answers: {
    questions: {
      school,
      people,
      peopleAt,
      rosters,
      classLists,
      guardiansToTell,
      timetableOfImport,
      recordActivation,
      revokeTokens,
      openSchool,
      invite,
      importFiles,
      inspectFiles,
      importState,
      importChanges,
      importAnomalies,
      confirmFiles,
    },
    grants: [may(directory, 'get', 'query', 'put', 'update'), mayFile('imports', 'read', 'upload')],
    loses: 'No roll call has a list of pupils, nobody can be told of an absence, no account can be opened.',
  },
  relay: defineRelay(directory, {
    emits: [importChunkDue, timetableImported, peopleImported, schoolChanged, personDeparted, guardianLinkChanged],
    eventsOf,
    loses: 'Imports stand still; unsent mail to a suspended guardian is not withdrawn at once.',
  }),
  consumers: {
    'on-import-chunk-due': {
      on: [importChunkDue],
      grants: [may(directory, 'get', 'query', 'put', 'update'), mayFile('imports', 'read', 'write')],
      // A whole vCPU: the dry run of a 50 MB file is bound by it.
      memory: 1769,
      timeout: 30,
      loses: 'An import stands still until someone resumes it: new pupils are in no roll call, new guardians are not told.',
    },
  },
});

export default manifest;
export type ApiPorts = PortsOf<typeof manifest.api>;
export type AnswersPorts = PortsOf<typeof manifest.answers>;
export type ImportChunkPorts = PortsOf<(typeof manifest.consumers)['on-import-chunk-due']>;
