import { ARRANGED_AHEAD, ARRANGED_BACK, ARRANGED_DAYS, type Arrangement } from '../../shared/attendance/arrangement.ts';
import type * as routes from '../../shared/attendance/arrangement-routes.ts';
import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import { rosters } from '../../shared/directory/questions.ts';
import { type AnswerOf, addDays, daysBetween, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import { linesOf, putArrangement } from './arrangements.ts';
import { pupilAt } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { once } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

type Asked = Input<typeof routes.enterArrangement>;

/** The name of a class or group; a pupil’s stays the directory’s. Neither is missing. */
const labelOf = async ({ params: { uai }, body: { target, from } }: Asked, ports: ApiPorts): Promise<string | undefined> => {
  if (target.startsWith('p_')) {
    await pupilAt(uai, target, from, ports);
    return undefined;
  }
  const [list] = await ports.ask(rosters, { uai, groupIds: [target], on: from });
  if (!list) throw missing();
  return list.label;
};

/** One transaction, whoever and however long it is for: what was saved on its days already follows from what is heard of it. */
export async function enterArrangement(input: Asked, ports: ApiPorts): Promise<AnswerOf<typeof routes.enterArrangement>> {
  const { params, body, caller, idempotencyKey } = input;
  const { uai } = params;
  const by = recordOf(caller, uai);
  return once(
    { personId: caller.personId, key: idempotencyKey, request: ['enter-arrangement', uai, JSON.stringify(body)] },
    ports,
    async (record) => {
      const { from, until } = body;
      if (daysBetween(from, until) + 1 > ARRANGED_DAYS) throw new Failure('refused', 'attendance.arrangement-too-long');
      const [clock, label] = await Promise.all([schoolClock(uai, ports), labelOf(input, ports)]);
      refuseOver(from, clock.telling);
      if (from < addDays(clock.today, -ARRANGED_BACK) || until > addDays(clock.today, ARRANGED_AHEAD))
        throw new Failure('refused', 'attendance.arrangement-out-of-range');
      const arrangement: Arrangement = {
        arrangementId: ports.ids.next('x'),
        ...body,
        ...(label !== undefined && { label }),
        by,
        at: clock.now,
        revision: 1,
      };
      const [[line], writes] = await Promise.all([
        linesOf(uai, [arrangement], clock.today, ports),
        putArrangement(uai, arrangement, clock, ports),
      ]);
      if (!line) throw missing();
      await ports.attendance.write(...writes, record(line));
      return line;
    },
  );
}
