import type * as routes from '../../shared/attendance/routes.ts';
import { type AnswerOf, type Input, Reply } from '../../shared/kernel/index.ts';
import { askPage, shutPage } from './answer-page.ts';
import { episodeOf } from './given-answer.ts';
import type { ApiPorts } from './manifest.ts';
import { openedLink } from './open-link.ts';

export async function openAnswer(
  { params: { token } }: Input<typeof routes.openAnswer>,
  ports: ApiPorts,
): Promise<Reply<AnswerOf<typeof routes.openAnswer>>> {
  const link = await openedLink(token, ports);
  if (link instanceof Reply) return link;
  const { of, clock, pupil, lastDay } = link;
  const { uai, date, pupilId, episodeId } = of;
  const episode = episodeOf(await ports.attendance.get('pupilDay', { uai, date, pupilId }), episodeId);
  if (!episode) return shutPage('closed', pupil.language, clock.school);
  return askPage({ pupil, date, today: clock.today, episode }, clock.school, token, lastDay);
}
