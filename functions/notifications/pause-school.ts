import { type AnswerOf, type Input, instant, missing } from '../../shared/kernel/index.ts';
import type { pauseSchool as route } from '../../shared/notifications/routes.ts';
import { visit } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

/** One switch: the workers read it before each mail. */
export async function pauseSchool(
  { params: { uai }, caller }: Pick<Input<typeof route>, 'params' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  if (!(await visit(uai, ports))) throw missing();
  await ports.notifications.write({
    update: 'school',
    key: { uai },
    set: { paused: true, pausedBy: caller.personId, pausedAt: instant(ports.clock.civil()) },
    when: { present: true },
  });
  return { uai, paused: true };
}
