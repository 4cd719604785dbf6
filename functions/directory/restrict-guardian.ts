import type { restrictGuardian as route } from '../../shared/directory/routes.ts';
import { type AnswerOf, Failure, type Input, instant } from '../../shared/kernel/index.ts';
import { changeRestriction } from './guardians/restriction.ts';
import type { ApiPorts } from './manifest.ts';

export async function restrictGuardian(
  { params, body: { from, until }, caller }: Input<typeof route>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  if (until !== undefined && until < from) throw new Failure('invalid', 'directory.dates-reversed');
  const setAt = instant(ports.clock.civil());
  await changeRestriction(params, () => ({ from, ...(until !== undefined && { until }), setBy: caller.personId, setAt }), ports);
  ports.log.info('guardian.restricted', { pupilId: params.pupilId, guardianId: params.guardianId });
  return { done: true };
}
