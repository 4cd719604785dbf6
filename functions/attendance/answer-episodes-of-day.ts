import type * as questions from '../../shared/attendance/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

export async function answerEpisodesOfDay(
  { uai, date }: AskedOf<typeof questions.episodesOfDay>,
  { attendance }: AnswersPorts,
): Promise<AnswerTo<typeof questions.episodesOfDay>> {
  const days = await attendance.all('pupilsOfDay', { uai, date });
  return days.flatMap(({ pupilId, episodes }) => episodes.map((episode) => ({ uai, date, pupilId, ...episode })));
}
