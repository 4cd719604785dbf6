import type { PupilExit } from '../../shared/attendance/exit-right.ts';
import type * as routes from '../../shared/attendance/exit-routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { pupilAt } from './class-list.ts';
import { rightOf } from './exit-rights.ts';
import type { ApiPorts } from './manifest.ts';
import { recordOf, schoolClock } from './school-clock.ts';

/** What was signed last stands: two people who note it at once both noted a signed paper. */
export async function setExitRight(
  { params: { uai, pupilId }, body: { right }, caller }: Input<typeof routes.setExitRight>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.setExitRight>> {
  const by = recordOf(caller, uai);
  const { now, today } = await schoolClock(uai, ports);
  const { person } = await pupilAt(uai, pupilId, today, ports);
  const own: PupilExit = { uai, pupilId, ...(right && { right }), by, at: now };
  await ports.attendance.write({ put: 'pupilExit', item: own });
  return rightOf({ uai, regime: person.regime }, own, ports);
}
