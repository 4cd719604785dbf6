import * as z from 'zod';
import { AbsenceId, defineEvent, EpisodeId, LessonId, LocalDate, PersonId, Uai } from '../kernel/index.ts';
import { Arrangement } from './arrangement.ts';
import { AlertKind, Month } from './pupil-month.ts';
import { SchoolYear } from './register-archive.ts';
import { RemarkId } from './remark.ts';

const pupilDay = { uai: Uai, date: LocalDate, pupilId: PersonId, revision: z.int() };

export const rollCallSaved = defineEvent({
  name: 'attendance.roll-call-saved',
  payload: z.object({ uai: Uai, date: LocalDate, lessonId: LessonId, revision: z.int() }),
  summary: 'A roll call was begun, validated or corrected.',
});

export const rollCallChased = defineEvent({
  name: 'attendance.roll-call-chased',
  payload: z.object({ uai: Uai, date: LocalDate, lessonId: LessonId, revision: z.int() }),
  summary: 'The teachers of a lesson were asked for its roll call, by itself or by school life.',
});

export const episodeChanged = defineEvent({
  name: 'attendance.episode-changed',
  payload: z.object({ ...pupilDay, episodeId: EpisodeId }),
  summary: 'An episode opened, ended, was corrected or announced: families may have to be told, or told otherwise.',
});

const absence = z.object({ ...pupilDay, absenceId: AbsenceId });
export const absenceOpened = defineEvent({
  name: 'attendance.absence-opened',
  payload: absence,
  summary: 'A pupil was first missed in a run of lessons.',
});
export const absenceExtended = defineEvent({
  name: 'attendance.absence-extended',
  payload: absence,
  summary: 'Another consecutive lesson was missed.',
});
export const absenceClosed = defineEvent({
  name: 'attendance.absence-closed',
  payload: absence,
  summary: 'The pupil was seen again, or the day ended.',
});
export const absenceCorrected = defineEvent({
  name: 'attendance.absence-corrected',
  payload: absence,
  summary: 'An absence was revised or cancelled by a correction.',
});

export const answerReceived = defineEvent({
  name: 'attendance.answer-received',
  payload: z.object({ uai: Uai, date: LocalDate, pupilId: PersonId, episodeId: EpisodeId, guardianId: PersonId, revision: z.int() }),
  summary: 'A guardian answered from a mail or from home.',
});

export const pupilDayChanged = defineEvent({
  name: 'attendance.pupil-day-changed',
  payload: z.object(pupilDay),
  summary: 'What counts of a pupil’s day changed: a lesson missed or come into late, or what school life said of it.',
});

export const thresholdCrossed = defineEvent({
  name: 'attendance.threshold-crossed',
  payload: z.object({ uai: Uai, month: Month, pupilId: PersonId, kind: AlertKind, revision: z.int() }),
  summary: 'A pupil’s month reached a threshold of the school, or reached it again.',
});

export const pupilRemarked = defineEvent({
  name: 'attendance.pupil-remarked',
  payload: z.object({
    uai: Uai,
    date: LocalDate,
    pupilId: PersonId,
    lessonId: LessonId,
    remarkId: RemarkId,
    /** The family may read it. */
    visible: z.boolean(),
    undone: z.boolean(),
    revision: z.int(),
  }),
  summary: 'A teacher noted something of a pupil in a lesson, or took it back.',
});

export const yearErased = defineEvent({
  name: 'attendance.year-erased',
  payload: z.object({ uai: Uai, until: LocalDate }),
  summary: 'Everything of an ended school year was erased, its register being in the archive: what others keep of its days goes as well.',
});

export const registerDue = defineEvent({
  name: 'attendance.register-due',
  payload: z.object({ uai: Uai, year: SchoolYear, revision: z.int() }),
  summary: 'The register of a school year has another month to gather or another class to write.',
});

export const arrangementChanged = defineEvent({
  name: 'attendance.arrangement-changed',
  payload: z.object({
    uai: Uai,
    month: Month,
    ...Arrangement.pick({ arrangementId: true, from: true, until: true, revision: true }).shape,
  }),
  summary:
    'An outing, a placement or an exemption was entered, ended or taken back: what was saved on its days may count otherwise. One of each of its months.',
});
