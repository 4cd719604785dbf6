import type * as routes from '../../shared/attendance/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { giveAnswer, proofUpload } from './given-answer.ts';
import type { ApiPorts } from './manifest.ts';
import { recordOf, schoolClock } from './school-clock.ts';

export async function justifyAbsence(
  { params, body: { episodeId, reason, withProof }, caller }: Input<typeof routes.justify>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.justify>> {
  const clock = await schoolClock(params.uai, ports);
  const guardianId = recordOf(caller, params.uai);
  const { answerId, at } = await giveAnswer({ ...params, episodeId, guardianId, reason, via: 'home', withProof }, clock, ports);
  return { answerId, at, ...(withProof && { upload: await proofUpload(params, answerId, ports) }) };
}
