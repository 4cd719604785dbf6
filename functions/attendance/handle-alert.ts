import type * as routes from '../../shared/attendance/alert-routes.ts';
import { handleAlert as handled } from '../../shared/attendance/pupil-month.ts';
import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { retrying } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

export async function handleAlert(
  { params: { uai, month, pupilId, kind }, caller }: Input<typeof routes.handleAlert>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.handleAlert>> {
  const { attendance } = ports;
  const by = recordOf(caller, uai);
  const { today, now, telling } = await schoolClock(uai, ports);
  // As late as any of its days.
  refuseOver(`${month}-31`, telling);
  return retrying(async () => {
    const before = await attendance.get('pupilMonth', { uai, month, pupilId });
    const known = before?.alerts.find((alert) => alert.kind === kind);
    if (!before || !known) throw missing();
    if (known.state === 'handled') return known;
    const after = handled(before, kind, by, today, now);
    await attendance.write({ put: 'pupilMonth', item: after, when: { is: { revision: before.revision } } });
    return after.alerts.find((alert) => alert.kind === kind) ?? known;
  });
}
