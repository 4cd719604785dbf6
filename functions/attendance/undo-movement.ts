import type * as routes from '../../shared/attendance/routes.ts';
import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { withEntries } from './pupil-days.ts';
import { retrying } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

export async function undoMovement(
  { params, caller }: Input<typeof routes.undoMovement>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.undoMovement>> {
  const { movementId } = params;
  const by = recordOf(caller, params.uai);
  const clock = await schoolClock(params.uai, ports);
  return retrying(async () => {
    const { day, writes } = await withEntries(params, { undo: { movementId, by, at: clock.now } }, clock.telling, ports);
    const undone = day.movements.find((movement) => movement.movementId === movementId);
    if (!undone) throw missing();
    await ports.attendance.write(...writes);
    return undone;
  });
}
