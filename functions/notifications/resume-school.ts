import { type AnswerOf, type Input, instant, missing } from '../../shared/kernel/index.ts';
import { isUnsent } from '../../shared/notifications/delivery.ts';
import type { resumeSchool as route } from '../../shared/notifications/routes.ts';
import { enqueue, visit } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

/** Messages to the queue at a time. */
const ABREAST = 20;

export async function resumeSchool(
  { params: { uai } }: Pick<Input<typeof route>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  if (!(await visit(uai, ports))) throw missing();
  await ports.notifications.write({
    update: 'school',
    key: { uai },
    set: { paused: false, pausedBy: undefined, pausedAt: undefined, resumedAt: instant(ports.clock.civil()) },
    when: { present: true },
  });
  // What fell due meanwhile; should this stop half-way, reconciliation wakes the rest.
  const waiting = (await ports.notifications.all('unsettled', { uai })).filter(isUnsent);
  for (let from = 0; from < waiting.length; from += ABREAST) await enqueue(waiting.slice(from, from + ABREAST), ports);
  return { uai, paused: false };
}
