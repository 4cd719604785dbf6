import { serve } from '../runtime/serve.ts';
import { announceAbsence } from './announce-absence.ts';
import { endStay } from './end-stay.ts';
import { enterArrangement } from './enter-arrangement.ts';
import { figuresCsv } from './figures-csv.ts';
import { handleAlert } from './handle-alert.ts';
import { justifyAbsence } from './justify-absence.ts';
import { listAlerts } from './list-alerts.ts';
import { listAnswers } from './list-answers.ts';
import { listArrangements } from './list-arrangements.ts';
import { listLessonRemarks } from './list-lesson-remarks.ts';
import { listPupilAbsences } from './list-pupil-absences.ts';
import { listPupilRemarks } from './list-pupil-remarks.ts';
import { listReasons } from './list-reasons.ts';
import { listRemarkKinds } from './list-remark-kinds.ts';
import { listStays } from './list-stays.ts';
import { listUntreated } from './list-untreated.ts';
import { logAction } from './log-action.ts';
import { makeRemark } from './make-remark.ts';
import manifest from './manifest.ts';
import { noteMovement } from './note-movement.ts';
import { noteStay } from './note-stay.ts';
import { openAnswer } from './open-answer.ts';
import { readBoard } from './read-board.ts';
import { readCommissionDossier } from './read-commission-dossier.ts';
import { readDirectionDay } from './read-direction-day.ts';
import { readDossier } from './read-dossier.ts';
import { readErasure } from './read-erasure.ts';
import { readExit } from './read-exit.ts';
import { readExitRules } from './read-exit-rules.ts';
import { readFigures } from './read-figures.ts';
import { readLessonSheet } from './read-lesson-sheet.ts';
import { readPresence } from './read-presence.ts';
import { readProof } from './read-proof.ts';
import { readPupilAttendance } from './read-pupil-attendance.ts';
import { readRegister } from './read-register.ts';
import { listRegisters, readRegisterPdf, readRegisterSheet } from './read-registers.ts';
import { readTeacherDay } from './read-teacher-day.ts';
import { receiveProof } from './receive-proof.ts';
import { registerCsv } from './register-csv.ts';
import { relaunchRollCall } from './relaunch-roll-call.ts';
import { reopenStay } from './reopen-stay.ts';
import { saveRollCall } from './save-roll-call.ts';
import { sendAnswer } from './send-answer.ts';
import { setExitRight } from './set-exit-right.ts';
import { setExitRules } from './set-exit-rules.ts';
import { setReasons } from './set-reasons.ts';
import { setRemarkKinds } from './set-remark-kinds.ts';
import { startRegister } from './start-register.ts';
import { stopArrangement } from './stop-arrangement.ts';
import { treatAbsences } from './treat-absences.ts';
import { undoAction } from './undo-action.ts';
import { undoMovement } from './undo-movement.ts';
import { undoRemark } from './undo-remark.ts';
import { undoStay } from './undo-stay.ts';
import { undoTreatments } from './undo-treatments.ts';
import { withdrawAnnouncement } from './withdraw-announcement.ts';

export const handler = serve(manifest.api, {
  lessonSheet: readLessonSheet,
  saveRollCall,
  teacherDay: readTeacherDay,
  board: readBoard,
  relaunchRollCall,
  noteMovement,
  undoMovement,
  announceAbsence,
  withdrawAnnouncement,
  pupilAttendance: readPupilAttendance,
  justify: justifyAbsence,
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
  dossier: readDossier,
  pupilAbsences: listPupilAbsences,
  listAlerts,
  handleAlert,
  commissionDossier: readCommissionDossier,
  presence: readPresence,
  directionDay: readDirectionDay,
  register: readRegister,
  lessonRemarks: listLessonRemarks,
  makeRemark,
  undoRemark,
  pupilRemarks: listPupilRemarks,
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
  figures: readFigures,
  figuresCsv,
  registerCsv,
  readErasure,
  listRegisters,
  startRegister,
  registerPdf: readRegisterPdf,
  registerSheet: readRegisterSheet,
});
