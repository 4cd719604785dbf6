import type * as questions from '../../shared/attendance/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

export async function answerEpisode(
  { uai, date, pupilId, episodeId }: AskedOf<typeof questions.episode>,
  { attendance }: AnswersPorts,
): Promise<AnswerTo<typeof questions.episode>> {
  const day = await attendance.get('pupilDay', { uai, date, pupilId });
  const found = day?.episodes.find((episode) => episode.episodeId === episodeId);
  return found ? { uai, date, pupilId, ...found } : null;
}
