import type * as routes from '../../shared/attendance/routes.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import { entitledToAnswer, giveAnswer, proofUpload } from './given-answer.ts';
import type { ApiPorts } from './manifest.ts';
import { recordOf, schoolClock } from './school-clock.ts';

export async function justifyAbsence(
  { params, body: { episodeId, reason, withProof }, caller }: Input<typeof routes.justify>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.justify>> {
  const clock = await schoolClock(params.uai, ports);
  const guardianId = recordOf(caller, params.uai);
  // A guardian's card says that they may; of a pupil it says who they are, not that they are of age.
  if (caller.door === 'pupil' && !(await entitledToAnswer(params.uai, params.pupilId, guardianId, clock.today, ports)))
    throw new Failure('forbidden', 'attendance.not-of-age');
  const { answerId, at } = await giveAnswer({ ...params, episodeId, guardianId, reason, via: 'home', withProof }, clock, ports);
  return { answerId, at, ...(withProof && { upload: await proofUpload(params, answerId, ports) }) };
}
