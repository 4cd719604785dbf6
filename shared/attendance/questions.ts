import * as z from 'zod';
import { defineQuestion, EpisodeId, LocalDate, PersonId, Uai } from '../kernel/index.ts';
import { Episode } from './episode.ts';

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
