import type { yearErased } from '../../shared/attendance/events.ts';
import { addDays, type Occurrence } from '../../shared/kernel/index.ts';
import type { YearErasedPorts } from './manifest.ts';

/** A school year and a day more: of the year before, nothing is left. */
const DAYS = 366;
const AT_ONCE = 25;

/** What differed from the timetable on the days of a school year goes once its roll calls have. */
export async function onYearErased(
  { payload: { uai, until } }: Occurrence<typeof yearErased>,
  { timetable }: YearErasedPorts,
): Promise<void> {
  const days = Array.from({ length: DAYS }, (_, back) => ({ uai, date: addDays(until, -back) }));
  const found = await timetable.getMany('changes', days);
  for (let from = 0; from < found.length; from += AT_ONCE)
    await Promise.all(found.slice(from, from + AT_ONCE).map(({ date }) => timetable.write({ delete: 'changes', key: { uai, date } })));
}
