import type { Arrangement } from '../../shared/attendance/arrangement.ts';
import type * as routes from '../../shared/attendance/arrangement-routes.ts';
import { monthOf } from '../../shared/attendance/pupil-month.ts';
import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import { linesOf, putArrangement } from './arrangements.ts';
import type { ApiPorts } from './manifest.ts';
import { retrying } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

/** Ends it before its last day, or takes all of it back: what was ended may end earlier still, never later. */
export async function stopArrangement(
  { params: { uai, date, arrangementId }, query, caller }: Input<typeof routes.stopArrangement>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.stopArrangement>> {
  const { attendance } = ports;
  const by = recordOf(caller, uai);
  const clock = await schoolClock(uai, ports);
  const { now, today } = clock;
  const stopped = await retrying(async (): Promise<Arrangement> => {
    const month = await attendance.get('arrangedMonth', { uai, month: monthOf(date) });
    const before = month?.arrangements.find((one) => one.arrangementId === arrangementId);
    if (!before) throw missing();
    refuseOver(before.until, clock.telling);
    const on = query.on !== undefined && query.on > before.from ? query.on : before.from;
    if (on > before.until || (before.stopped && before.stopped.on <= on)) return before;
    const after = { ...before, stopped: { on, by, at: now }, revision: before.revision + 1 };
    await attendance.write(...(await putArrangement(uai, after, clock, ports)));
    return after;
  });
  const [line] = await linesOf(uai, [stopped], today, ports);
  if (!line) throw missing();
  return line;
}
