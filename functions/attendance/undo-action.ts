import type * as routes from '../../shared/attendance/treatment-routes.ts';
import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { withEntries } from './pupil-days.ts';
import { retrying } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

export async function undoAction(
  { params, caller }: Input<typeof routes.undoAction>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.undoAction>> {
  const { actionId } = params;
  const by = recordOf(caller, params.uai);
  const clock = await schoolClock(params.uai, ports);
  return retrying(async () => {
    const { day, writes } = await withEntries(params, { undoAction: { actionId, by, at: clock.now } }, clock.telling, ports);
    const undone = day.actions.find((action) => action.actionId === actionId);
    if (!undone) throw missing();
    await ports.attendance.write(...writes);
    return undone;
  });
}
