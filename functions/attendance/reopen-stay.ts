import { endOf } from '../../shared/attendance/stay.ts';
import type * as routes from '../../shared/attendance/stay-routes.ts';
import { type AnswerOf, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { plainStay } from './plain-stay.ts';
import { withEntries } from './pupil-days.ts';
import { retrying } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

export async function reopenStay(
  { params, caller }: Pick<Input<typeof routes.reopenStay>, 'params' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.reopenStay>> {
  const { uai, date, pupilId, stayId } = params;
  const by = recordOf(caller, uai);
  const { now, telling } = await schoolClock(uai, ports);
  return retrying(async () => {
    const stay = (await ports.attendance.get('pupilDay', { uai, date, pupilId }))?.stays?.find((one) => one.stayId === stayId);
    if (!stay) throw missing();
    if (stay.undone) throw new Failure('conflict', 'attendance.stay-ended');
    const end = endOf(stay);
    if (!end) return plainStay(stay);
    const undone = { by, at: now };
    const { writes } = await withEntries(
      params,
      {
        stays: [{ ...stay, ends: stay.ends.map((one) => (one === end ? { ...one, undone } : one)) }],
        ...(end.movementId !== undefined && { undo: { movementId: end.movementId, ...undone } }),
      },
      telling,
      ports,
    );
    await ports.attendance.write(...writes);
    return plainStay(stay);
  });
}
