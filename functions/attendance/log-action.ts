import type { Action } from '../../shared/attendance/action.ts';
import type * as routes from '../../shared/attendance/treatment-routes.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import { pupilAt } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { withEntries } from './pupil-days.ts';
import { once } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

export async function logAction(
  { params, body: { kind, personId, text }, caller, idempotencyKey }: Input<typeof routes.logAction>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.logAction>> {
  const { uai, date, pupilId } = params;
  const by = recordOf(caller, uai);
  return once<Action>(
    {
      personId: caller.personId,
      key: idempotencyKey,
      request: ['log-action', uai, date, pupilId, JSON.stringify([kind, personId ?? null, text ?? null])],
    },
    ports,
    async (record) => {
      const [clock, who] = await Promise.all([schoolClock(uai, ports), pupilAt(uai, pupilId, date, ports)]);
      if (date > clock.today) throw new Failure('refused', 'attendance.action-in-future');
      const action: Action = {
        actionId: ports.ids.next('n'),
        kind,
        ...(personId !== undefined && { personId }),
        ...(text !== undefined && { text }),
        by,
        at: clock.now,
      };
      const { writes } = await withEntries(params, { actions: [action] }, clock.telling, ports, who);
      await ports.attendance.write(...writes, record(action));
      return action;
    },
  );
}
