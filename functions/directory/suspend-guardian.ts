import type { suspendGuardian as route } from '../../shared/directory/routes.ts';
import { type AnswerOf, type Input, instant } from '../../shared/kernel/index.ts';
import { changeRestriction } from './guardians/restriction.ts';
import type { ApiPorts } from './manifest.ts';

/** « Suspendre ce responsable »: from today, without an end. */
export async function suspendGuardian({ params, caller }: Input<typeof route>, ports: ApiPorts): Promise<AnswerOf<typeof route>> {
  const setAt = instant(ports.clock.civil());
  await changeRestriction(params, (today) => ({ from: today, setBy: caller.personId, setAt }), ports);
  ports.log.info('guardian.suspended', { pupilId: params.pupilId, guardianId: params.guardianId });
  return { done: true };
}
