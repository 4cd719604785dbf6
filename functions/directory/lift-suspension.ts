import type { liftSuspension as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { changeRestriction } from './guardians/restriction.ts';
import type { ApiPorts } from './manifest.ts';

export async function liftSuspension({ params }: Input<typeof route>, ports: ApiPorts): Promise<AnswerOf<typeof route>> {
  await changeRestriction(params, () => undefined, ports);
  ports.log.info('guardian.restriction-lifted', { pupilId: params.pupilId, guardianId: params.guardianId });
  return { done: true };
}
