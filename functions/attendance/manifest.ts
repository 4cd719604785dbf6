import * as alertRoutes from '../../shared/attendance/alert-routes.ts';
import * as archiveRoutes from '../../shared/attendance/archive-routes.ts';
import * as arrangementRoutes from '../../shared/attendance/arrangement-routes.ts';
import * as directionRoutes from '../../shared/attendance/direction-routes.ts';
import * as erasureRoutes from '../../shared/attendance/erasure-routes.ts';
import {
  absenceClosed,
  absenceCorrected,
  absenceExtended,
  absenceOpened,
  answerReceived,
  arrangementChanged,
  episodeChanged,
  pupilDayChanged,
  pupilRemarked,
  registerDue,
  rollCallChased,
  rollCallSaved,
  thresholdCrossed,
  yearErased,
} from '../../shared/attendance/events.ts';
import { eventsOf } from '../../shared/attendance/events-of.ts';
import * as exitRoutes from '../../shared/attendance/exit-routes.ts';
import * as figureRoutes from '../../shared/attendance/figure-routes.ts';
import * as questions from '../../shared/attendance/questions.ts';
import * as remarkRoutes from '../../shared/attendance/remark-routes.ts';
import * as routes from '../../shared/attendance/routes.ts';
import * as sheetRoutes from '../../shared/attendance/sheet-routes.ts';
import * as stayRoutes from '../../shared/attendance/stay-routes.ts';
import { attendance } from '../../shared/attendance/table.ts';
import * as treatmentRoutes from '../../shared/attendance/treatment-routes.ts';
import { peopleImported, schoolChanged, timetableImported } from '../../shared/directory/events.ts';
import { classLists, guardiansToTell, people, rosters, school } from '../../shared/directory/questions.ts';
import { defineContext, defineRelay, may, mayAsk, mayFile, maySendMail, mayUseSecret, type PortsOf } from '../../shared/kernel/index.ts';
import { dayChanged } from '../../shared/timetable/events.ts';
import { day, lesson, schoolDay } from '../../shared/timetable/questions.ts';

const {
  lessonSheet,
  saveRollCall,
  teacherDay,
  board,
  relaunchRollCall,
  noteMovement,
  undoMovement,
  announceAbsence,
  withdrawAnnouncement,
  pupilAttendance,
  justify,
  openAnswer,
  sendAnswer,
  receiveProof,
  listAnswers,
  readProof,
} = routes;
const { listReasons, setReasons, listUntreated, treatAbsences, undoTreatments, logAction, undoAction, dossier, pupilAbsences } =
  treatmentRoutes;
const { listAlerts, handleAlert, commissionDossier } = alertRoutes;
const { presence, register, registerCsv } = sheetRoutes;
const { directionDay } = directionRoutes;
const { lessonRemarks, makeRemark, undoRemark, pupilRemarks, listRemarkKinds, setRemarkKinds } = remarkRoutes;
const { noteStay, endStay, reopenStay, undoStay, listStays } = stayRoutes;
const { readExit, setExitRight, readExitRules, setExitRules } = exitRoutes;
const { enterArrangement, listArrangements, stopArrangement } = arrangementRoutes;
const { figures, figuresCsv } = figureRoutes;
const { readErasure } = erasureRoutes;
const { listRegisters, startRegister, registerPdf, registerSheet } = archiveRoutes;

const manifest = defineContext({
  name: 'attendance',
  table: attendance,
  api: {
    routes: {
      lessonSheet,
      saveRollCall,
      teacherDay,
      board,
      relaunchRollCall,
      noteMovement,
      undoMovement,
      announceAbsence,
      withdrawAnnouncement,
      pupilAttendance,
      justify,
      openAnswer,
      sendAnswer,
      receiveProof,
      listAnswers,
      readProof,
      listReasons,
      setReasons,
      listUntreated,
      treatAbsences,
      undoTreatments,
      logAction,
      undoAction,
      dossier,
      pupilAbsences,
      listAlerts,
      handleAlert,
      commissionDossier,
      presence,
      directionDay,
      register,
      lessonRemarks,
      makeRemark,
      undoRemark,
      pupilRemarks,
      listRemarkKinds,
      setRemarkKinds,
      noteStay,
      endStay,
      reopenStay,
      undoStay,
      listStays,
      readExit,
      setExitRight,
      readExitRules,
      setExitRules,
      enterArrangement,
      listArrangements,
      stopArrangement,
      figures,
      figuresCsv,
      registerCsv,
      readErasure,
      listRegisters,
      startRegister,
      registerPdf,
      registerSheet,
    },
    grants: [
      may(attendance, 'get', 'query', 'put', 'update'),
      mayAsk(school),
      mayAsk(people),
      mayAsk(rosters),
      mayAsk(classLists),
      mayAsk(guardiansToTell),
      mayAsk(day),
      mayAsk(schoolDay),
      mayAsk(lesson),
      mayFile('proofs', 'read', 'upload'),
      mayFile('registers', 'read'),
      mayUseSecret('links'),
    ],
    memory: 512,
    loses:
      'No roll call can be taken or seen: nobody learns that a child is missing. Call the roll on paper and tell school life by telephone.',
  },
  answers: {
    questions,
    grants: [may(attendance, 'get', 'query', 'put'), mayAsk(school), mayAsk(day)],
    loses: 'Families are not told of absences: the facts cannot be read again before a message leaves. They leave once it works again.',
  },
  relay: defineRelay(attendance, {
    emits: [
      rollCallSaved,
      rollCallChased,
      episodeChanged,
      absenceOpened,
      absenceExtended,
      absenceClosed,
      absenceCorrected,
      answerReceived,
      pupilDayChanged,
      thresholdCrossed,
      pupilRemarked,
      arrangementChanged,
      registerDue,
      yearErased,
    ],
    eventsOf,
    loses: 'Recorded absences reach nobody until reconciliation finds them, within 15 minutes.',
  }),
  consumers: {
    'on-day-changed': {
      on: [dayChanged],
      grants: [may(attendance, 'get', 'query', 'put', 'update'), mayAsk(school), mayAsk(day)],
      timeout: 30,
      memory: 512,
      loses:
        'Absences stand in lessons that « n’ont pas eu lieu », and their families stay worried until reconciliation finds them, within 15 minutes.',
    },
    'on-arrangement-changed': {
      on: [arrangementChanged],
      grants: [may(attendance, 'get', 'query', 'put'), mayAsk(school), mayAsk(day)],
      timeout: 30,
      memory: 512,
      loses:
        'Pupils on an outing stay absent in roll calls saved before it was entered, and their families worried until reconciliation finds them, within 15 minutes.',
    },
    'on-pupil-day-changed': {
      on: [pupilDayChanged],
      grants: [may(attendance, 'get', 'put', 'update'), mayAsk(school)],
      loses: 'Half-days without reason are not counted: no threshold is reached, no dossier for the commission éducative is announced.',
    },
    'on-timetable-imported': {
      on: [timetableImported, peopleImported, schoolChanged],
      grants: [may(attendance, 'update'), mayAsk(school)],
      loses: 'Teachers of a new school are reminded of no roll call by themselves; school life still sees which are missing.',
    },
    'on-register-due': {
      on: [registerDue],
      grants: [
        may(attendance, 'get', 'query', 'update'),
        mayAsk(school),
        mayAsk(people),
        mayAsk(classLists),
        mayAsk(schoolDay),
        mayFile('registers', 'read', 'write', 'delete'),
      ],
      timeout: 30,
      memory: 1024,
      loses:
        'The register of a school year stays unfinished: the school has nothing for its archive, and the year is not erased. It is taken up again within the hour.',
    },
    'on-roll-call-chased': {
      on: [rollCallChased],
      grants: [may(attendance, 'get', 'update'), mayAsk(people), mayAsk(school), maySendMail()],
      loses: 'Teachers get no mail about a roll call they forgot; their home still says so, and school life sees which are missing.',
    },
  },
  schedules: {
    'chase-roll-calls': {
      everyMinutes: 5,
      timeout: 30,
      grants: [may(attendance, 'query', 'put', 'update'), mayAsk(schoolDay)],
      loses: 'Nobody is reminded of a roll call by itself: school life still sees which are missing, and relaunches by hand.',
    },
    'erase-years': {
      everyMinutes: 30,
      timeout: 30,
      memory: 512,
      grants: [may(attendance, 'get', 'query', 'update', 'delete'), mayFile('proofs', 'delete')],
      loses:
        'Absences, reasons and proofs of an ended school year stay longer than the law allows (R131-6); they are erased once it works again.',
    },
    'write-registers': {
      everyMinutes: 60,
      timeout: 30,
      grants: [may(attendance, 'query', 'put', 'update', 'delete'), mayFile('registers', 'delete')],
      loses:
        'No register is written for the school’s archive by itself, and none is deleted: ended years are not erased. It starts once it works again; direction can start one by hand.',
    },
    'count-days': {
      everyMinutes: 30,
      timeout: 30,
      memory: 512,
      grants: [may(attendance, 'get', 'query', 'put', 'update', 'delete'), mayAsk(school), mayAsk(classLists), mayAsk(schoolDay)],
      loses:
        'The figures of absence and of untaken roll calls stand still at the day they say; the days that are missing are counted once it works again.',
    },
  },
});

export default manifest;
export type ApiPorts = PortsOf<typeof manifest.api>;
export type AnswersPorts = PortsOf<typeof manifest.answers>;
export type DayChangedPorts = PortsOf<(typeof manifest.consumers)['on-day-changed']>;
export type TimetableImportedPorts = PortsOf<(typeof manifest.consumers)['on-timetable-imported']>;
export type RollCallChasedPorts = PortsOf<(typeof manifest.consumers)['on-roll-call-chased']>;
export type ChasePorts = PortsOf<(typeof manifest.schedules)['chase-roll-calls']>;
export type WriteRegistersPorts = PortsOf<(typeof manifest.schedules)['write-registers']>;
export type RegisterDuePorts = PortsOf<(typeof manifest.consumers)['on-register-due']>;
export type CountDaysPorts = PortsOf<(typeof manifest.schedules)['count-days']>;
export type EraseYearsPorts = PortsOf<(typeof manifest.schedules)['erase-years']>;
export type PupilDayChangedPorts = PortsOf<(typeof manifest.consumers)['on-pupil-day-changed']>;
