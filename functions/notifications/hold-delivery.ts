import { type AnswerOf, type Input, instant } from '../../shared/kernel/index.ts';
import { HOLD_MINUTES } from '../../shared/notifications/delivery.ts';
import { LOST_AFTER_MS, systemTime } from '../../shared/notifications/plan.ts';
import type { holdDelivery as route } from '../../shared/notifications/routes.ts';
import { changeUnsent } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

export async function holdDelivery({ params }: Pick<Input<typeof route>, 'params'>, ports: ApiPorts): Promise<AnswerOf<typeof route>> {
  const now = { civil: ports.clock.civil(), system: ports.clock.system() };
  return changeUnsent(
    params,
    'hold',
    ({ dueAt }) => {
      const heldUntil = instant(new Date(Math.max(Date.parse(dueAt), now.civil.getTime()) + HOLD_MINUTES * 60_000));
      return { state: 'held', heldUntil, wakeAt: instant(new Date(systemTime(heldUntil, now) + LOST_AFTER_MS)) };
    },
    ports,
  );
}
