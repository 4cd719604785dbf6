import type * as routes from '../../shared/attendance/routes.ts';
import { type AnswerOf, Failure, type Input, Reply } from '../../shared/kernel/index.ts';
import { sentPage, shutPage } from './answer-page.ts';
import { giveAnswer, proofUpload } from './given-answer.ts';
import type { ApiPorts } from './manifest.ts';
import { openedLink } from './open-link.ts';

export async function sendAnswer(
  { params: { token }, body: { reason } }: Input<typeof routes.sendAnswer>,
  ports: ApiPorts,
): Promise<Reply<AnswerOf<typeof routes.sendAnswer>>> {
  const link = await openedLink(token, ports);
  if (link instanceof Reply) return link;
  const { of, clock, pupil } = link;
  const answer = await giveAnswer({ ...of, reason, via: 'link' }, clock, ports).catch((error) => {
    if (error instanceof Failure && error.kind === 'missing') return undefined;
    throw error;
  });
  if (!answer) return shutPage('closed', pupil.language, clock.school);
  const back = `${ports.site.url}/api/public/attendance/answers/${token}/proofs/${answer.answerId}`;
  return sentPage(
    pupil.language,
    clock.school,
    reason,
    reason === 'unknown' ? undefined : await proofUpload(of, answer.answerId, ports, back),
  );
}
