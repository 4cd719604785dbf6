import type { Movement } from '../../shared/attendance/pupil-day.ts';
import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import type * as routes from '../../shared/attendance/routes.ts';
import { guardiansToTell } from '../../shared/directory/questions.ts';
import { type AnswerOf, addDays, Failure, type Input } from '../../shared/kernel/index.ts';
import { day as dayOfLessons } from '../../shared/timetable/questions.ts';
import { pupilAt } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { withEntries } from './pupil-days.ts';
import { once } from './replay.ts';
import { recordOf, type SchoolClock, schoolClock } from './school-clock.ts';

type Asked = Input<typeof routes.noteMovement>;

/** How far ahead school life may note an absence. */
const AHEAD_DAYS = 365;

const refuseOtherDays = ({ params: { date }, body }: Asked, clock: SchoolClock): void => {
  refuseOver(date, clock.telling);
  const possible = body.kind === 'announced' ? date <= addDays(clock.today, AHEAD_DAYS) : clock.begun(date, body.minute);
  if (!possible) throw new Failure('refused', 'attendance.movement-in-future');
};

/** Refuses a day the school is closed, and an announcer who is not entitled to be told of the pupil. */
const refuseImpossible = async ({ params: { uai, date, pupilId }, body }: Asked, { ask }: ApiPorts): Promise<void> => {
  const { announcedBy } = body;
  const [{ schoolDay }, told] = await Promise.all([
    ask(dayOfLessons, { uai, date, pupilId }),
    announcedBy === undefined ? [] : ask(guardiansToTell, { uai, pupilIds: [pupilId], on: date }),
  ]);
  if (!schoolDay) throw new Failure('refused', 'attendance.day-closed');
  if (announcedBy === undefined) return;
  const known = told.some(
    ({ pupil, guardians }) => guardians.some(({ personId }) => personId === announcedBy) || (pupil.adult && pupil.pupilId === announcedBy),
  );
  if (!known) throw new Failure('refused', 'attendance.not-a-guardian');
};

export async function noteMovement(input: Asked, ports: ApiPorts): Promise<AnswerOf<typeof routes.noteMovement>> {
  const { params, body, caller, idempotencyKey } = input;
  const { uai, date, pupilId } = params;
  const by = recordOf(caller, uai);
  return once<Movement>(
    { personId: caller.personId, key: idempotencyKey, request: ['note-movement', uai, date, pupilId, JSON.stringify(body)] },
    ports,
    async (record) => {
      const [clock, who] = await Promise.all([schoolClock(uai, ports), pupilAt(uai, pupilId, date, ports)]);
      refuseOtherDays(input, clock);
      await refuseImpossible(input, ports);
      const { kind, minute, until, announcedBy, reason } = body;
      const movement: Movement = {
        movementId: ports.ids.next('m'),
        kind,
        minute,
        ...(until !== undefined && { until }),
        ...(announcedBy !== undefined && { announcedBy }),
        ...(reason && { reason }),
        by,
        byDoor: 'staff',
        at: clock.now,
      };
      const { writes } = await withEntries(params, { movements: [movement] }, clock.telling, ports, who);
      await ports.attendance.write(...writes, record(movement));
      return movement;
    },
  );
}
