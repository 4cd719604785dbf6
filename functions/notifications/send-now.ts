import { type AnswerOf, type Input, instant } from '../../shared/kernel/index.ts';
import { LOST_AFTER_MS } from '../../shared/notifications/plan.ts';
import type { sendNow as route } from '../../shared/notifications/routes.ts';
import { changeUnsent, enqueue } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

export async function sendNow({ params }: Pick<Input<typeof route>, 'params'>, ports: ApiPorts): Promise<AnswerOf<typeof route>> {
  const dueAt = instant(ports.clock.civil());
  const wakeAt = instant(new Date(ports.clock.system().getTime() + LOST_AFTER_MS));
  const standing = await changeUnsent(params, 'hasten', () => ({ state: 'pending', dueAt, heldUntil: undefined, wakeAt }), ports);
  await enqueue([{ ...params, dueAt }], ports);
  return standing;
}
