import * as z from 'zod';
import { defineQuestion, EpisodeId, LessonId, LocalDate, PersonId, Uai } from '../kernel/index.ts';
import { Episode } from './episode.ts';
import { Remark, RemarkId } from './remark.ts';

export const episode = defineQuestion({
  name: 'attendance.episode',
  input: z.object({ uai: Uai, date: LocalDate, pupilId: PersonId, episodeId: EpisodeId }),
  answer: Episode.nullable(),
  summary: 'An episode as it stands now: re-read before a family is told.',
});

export const episodesOfDay = defineQuestion({
  name: 'attendance.episodes-of-day',
  input: z.object({ uai: Uai, date: LocalDate }),
  answer: z.array(Episode),
  summary: 'Every episode of a school’s day: what reconciliation compares the ledger with.',
});

export const followTimetable = defineQuestion({
  name: 'attendance.follow-timetable',
  input: z.object({ uai: Uai, date: LocalDate }),
  /** Pupils whose day said something else of a lesson than the timetable does. */
  answer: z.object({ followed: z.int() }),
  summary: 'Makes a school’s day follow the timetable where a change of it was never heard of; a day that does already stays as it is.',
});

export const familyRemarks = defineQuestion({
  name: 'attendance.family-remarks',
  input: z.object({ uai: Uai, remarks: z.array(z.object({ date: LocalDate, lessonId: LessonId, remarkId: RemarkId })).max(100) }),
  answer: z.array(Remark.pick({ remarkId: true, pupilId: true, date: true, startMinute: true, subject: true, label: true })),
  summary: 'Of these remarks, those that families may read now: shown by the school, and not taken back. Without what was added by hand.',
});
