import { ARRANGED_AHEAD, ARRANGED_BACK, lastDayOf, monthsOf } from '../../shared/attendance/arrangement.ts';
import type * as routes from '../../shared/attendance/arrangement-routes.ts';
import { type AnswerOf, addDays, type Input } from '../../shared/kernel/index.ts';
import { linesOf } from './arrangements.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';

export async function listArrangements(
  { params: { uai } }: Pick<Input<typeof routes.listArrangements>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.listArrangements>> {
  const { today, now } = await schoolClock(uai, ports);
  const since = addDays(today, -ARRANGED_BACK);
  const months = await ports.attendance.getMany(
    'arrangedMonth',
    monthsOf({ from: since, until: addDays(today, ARRANGED_AHEAD) }).map((month) => ({ uai, month })),
  );
  // Of what is in several months, one.
  const each = new Map(months.flatMap(({ arrangements }) => arrangements.map((one) => [one.arrangementId, one])));
  const standing = [...each.values()]
    .filter((one) => lastDayOf(one) >= one.from && lastDayOf(one) >= since)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.at < b.at ? -1 : 1));
  return { today, now, arrangements: await linesOf(uai, standing, today, ports) };
}
