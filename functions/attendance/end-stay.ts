import type { Movement } from '../../shared/attendance/pupil-day.ts';
import { endOf } from '../../shared/attendance/stay.ts';
import type * as routes from '../../shared/attendance/stay-routes.ts';
import { type AnswerOf, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { ownPupil } from './own-pupil.ts';
import { plainStay } from './plain-stay.ts';
import { withEntries } from './pupil-days.ts';
import { retrying } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

/** Handed over to the family is an exit, noted in the same transaction: what comes after it is covered as any exit is. */
export async function endStay(
  { params, body: { minute, to, lessonId }, caller }: Input<typeof routes.endStay>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.endStay>> {
  const { uai, date, pupilId, stayId } = params;
  const by = recordOf(caller, uai);
  // Who a child leaves with is school life’s to say.
  if (caller.door === 'teacher' && to === 'family') throw new Failure('forbidden', 'request.forbidden');
  const find = async () => {
    const found = (await ports.attendance.get('pupilDay', { uai, date, pupilId }))?.stays?.find((one) => one.stayId === stayId);
    if (!found) throw missing();
    return found;
  };
  await find();
  await ownPupil(params, lessonId, caller, ports);
  const clock = await schoolClock(uai, ports);
  if (!clock.begun(date, minute)) throw new Failure('refused', 'attendance.stay-in-future');
  return retrying(async () => {
    const stay = await find();
    const end = endOf(stay);
    if (end?.to === to && end.minute === minute) return plainStay(stay);
    if (end || stay.undone || minute < stay.fromMinute)
      throw new Failure('conflict', 'attendance.stay-ended', { ...(end && { minute: end.minute, to: end.to }) });
    const exit: Movement[] =
      to === 'family' ? [{ movementId: ports.ids.next('m'), kind: 'left', minute, by, byDoor: 'staff', at: clock.now }] : [];
    const { writes } = await withEntries(
      params,
      {
        stays: [{ ...stay, ends: [...stay.ends, { minute, to, ...(exit[0] && { movementId: exit[0].movementId }), by, at: clock.now }] }],
        movements: exit,
      },
      clock.telling,
      ports,
    );
    await ports.attendance.write(...writes);
    return plainStay(stay);
  });
}
