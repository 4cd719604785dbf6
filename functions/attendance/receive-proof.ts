import { note } from '../../shared/attendance/pupil-day.ts';
import type * as routes from '../../shared/attendance/routes.ts';
import { type AnswerOf, type Input, Reply } from '../../shared/kernel/index.ts';
import { proofPage, shutPage } from './answer-page.ts';
import { proofKey } from './given-answer.ts';
import type { ApiPorts } from './manifest.ts';
import { openedLink } from './open-link.ts';
import { putDay } from './pupil-days.ts';
import { retrying } from './replay.ts';

/** What the browser’s address says of the upload is not believed: the bucket is asked. */
export async function receiveProof(
  { params: { token, answerId } }: Input<typeof routes.receiveProof>,
  ports: ApiPorts,
): Promise<Reply<AnswerOf<typeof routes.receiveProof>>> {
  const link = await openedLink(token, ports);
  if (link instanceof Reply) return link;
  const { of, clock, pupil } = link;
  const { uai, date, pupilId, guardianId } = of;
  return retrying(async () => {
    const day = await ports.attendance.get('pupilDay', { uai, date, pupilId });
    const answer = day?.answers.find((one) => one.answerId === answerId && one.guardianId === guardianId);
    if (!day || !answer) return shutPage('closed', pupil.language, clock.school);
    const arrived = (await ports.proofsFiles.size(proofKey(of, answerId))) !== undefined;
    if (arrived && answer.proof !== 'received')
      await ports.attendance.write(putDay(day, note(day, { proof: { answerId, state: 'received' } }, clock.telling)));
    return proofPage(pupil.language, clock.school, arrived);
  });
}
