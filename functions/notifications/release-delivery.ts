import { type AnswerOf, type Input, instant } from '../../shared/kernel/index.ts';
import { LOST_AFTER_MS, systemTime } from '../../shared/notifications/plan.ts';
import type { releaseDelivery as route } from '../../shared/notifications/routes.ts';
import { changeUnsent, enqueue } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

export async function releaseDelivery({ params }: Pick<Input<typeof route>, 'params'>, ports: ApiPorts): Promise<AnswerOf<typeof route>> {
  const now = { civil: ports.clock.civil(), system: ports.clock.system() };
  const wake = (dueAt: string) => instant(new Date(Math.max(systemTime(dueAt, now), now.system.getTime()) + LOST_AFTER_MS));
  const standing = await changeUnsent(
    params,
    'release',
    // From here on nobody waits for school life any more: due now, if its time has passed.
    ({ dueAt }) => ({
      state: 'pending',
      dueAt: instant(new Date(Math.max(Date.parse(dueAt), now.civil.getTime()))),
      heldUntil: undefined,
      wakeAt: wake(dueAt),
    }),
    ports,
  );
  await enqueue([{ ...params, dueAt: standing.dueAt }], ports);
  return standing;
}
