import { endOf } from '../../shared/attendance/stay.ts';
import type * as routes from '../../shared/attendance/stay-routes.ts';
import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { plainStay } from './plain-stay.ts';
import { withEntries } from './pupil-days.ts';
import { retrying } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

/** Whoever was never there did not leave from there either: an exit noted with its end is taken back with it. */
export async function undoStay(
  { params, caller }: Pick<Input<typeof routes.undoStay>, 'params' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.undoStay>> {
  const { uai, date, pupilId, stayId } = params;
  const by = recordOf(caller, uai);
  const { now, telling } = await schoolClock(uai, ports);
  return retrying(async () => {
    const stay = (await ports.attendance.get('pupilDay', { uai, date, pupilId }))?.stays?.find((one) => one.stayId === stayId);
    // Another’s is as if it were none.
    if (!stay || (caller.door === 'teacher' && stay.by !== by)) throw missing();
    if (stay.undone) return plainStay(stay);
    const undone = { by, at: now };
    const movementId = endOf(stay)?.movementId;
    const entries = { stays: [{ ...stay, undone }], ...(movementId !== undefined && { undo: { movementId, ...undone } }) };
    const { writes } = await withEntries(params, entries, telling, ports);
    await ports.attendance.write(...writes);
    return plainStay(stay);
  });
}
