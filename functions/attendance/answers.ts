import { answers } from '../runtime/answer.ts';
import { answerEpisode } from './answer-episode.ts';
import { answerEpisodesOfDay } from './answer-episodes-of-day.ts';
import { answerFamilyRemarks } from './answer-family-remarks.ts';
import { answerFollowTimetable } from './answer-follow-timetable.ts';
import manifest from './manifest.ts';

export const handler = answers(manifest.answers, {
  episode: answerEpisode,
  episodesOfDay: answerEpisodesOfDay,
  followTimetable: answerFollowTimetable,
  familyRemarks: answerFamilyRemarks,
});
