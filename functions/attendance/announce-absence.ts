import { emptyDay, type Movement, note } from '../../shared/attendance/pupil-day.ts';
import type * as routes from '../../shared/attendance/routes.ts';
import { ANNOUNCED_AHEAD, ANNOUNCED_DAYS } from '../../shared/attendance/routes.ts';
import { type AnswerOf, addDays, daysBetween, Failure, type Input } from '../../shared/kernel/index.ts';
import { pupilAt } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { putDay } from './pupil-days.ts';
import { once } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

/** A guardian says beforehand that their child won't come: one entry in each day, under one id. */
export async function announceAbsence(
  { params: { uai, pupilId }, body, caller, idempotencyKey }: Input<typeof routes.announceAbsence>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.announceAbsence>> {
  const guardianId = recordOf(caller, uai);
  return once(
    { personId: caller.personId, key: idempotencyKey, request: ['announce-absence', uai, pupilId, JSON.stringify(body)] },
    ports,
    async (record) => {
      const { from, until, fromMinute, untilMinute, reason } = body;
      const length = daysBetween(from, until) + 1;
      if (length > ANNOUNCED_DAYS) throw new Failure('refused', 'attendance.announcement-too-long');
      const [clock, { person, classLabel }] = await Promise.all([schoolClock(uai, ports), pupilAt(uai, pupilId, from, ports)]);
      if (from < clock.today || until > addDays(clock.today, ANNOUNCED_AHEAD))
        throw new Failure('refused', 'attendance.announcement-out-of-range');
      const movement: Movement = {
        movementId: ports.ids.next('m'),
        kind: 'announced',
        minute: fromMinute ?? 0,
        ...(untilMinute !== undefined && { until: untilMinute }),
        announcedBy: guardianId,
        ...(reason && { reason }),
        by: guardianId,
        byDoor: 'guardian',
        at: clock.now,
      };
      const keys = Array.from({ length }, (_, index) => ({ uai, date: addDays(from, index), pupilId }));
      const found = new Map((await ports.attendance.getMany('pupilDay', keys)).map((day) => [day.date, day]));
      const writes = keys.map(({ date }) => {
        const before = found.get(date);
        return putDay(before, note(before ?? emptyDay(uai, date, pupilId, classLabel, person), { movements: [movement] }, clock.telling));
      });
      const answer = { announcementId: movement.movementId, from, until, at: clock.now };
      await ports.attendance.write(...writes, record(answer));
      return answer;
    },
  );
}
