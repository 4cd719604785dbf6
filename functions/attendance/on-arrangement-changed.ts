import type { arrangementChanged } from '../../shared/attendance/events.ts';
import { monthOf } from '../../shared/attendance/pupil-month.ts';
import { addDays, type Occurrence } from '../../shared/kernel/index.ts';
import { consume } from '../runtime/consume.ts';
import { followDay } from './follow-day.ts';
import manifest, { type DayChangedPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';

/**
 * A class marked absent before anybody said that it is on an outing was not absent; an outing taken back, it was. Each day of the month
 * that has begun follows by itself: done twice, or broken off and done again, it comes to the same.
 */
export async function onArrangementChanged(
  { payload: { uai, month, from, until } }: Occurrence<typeof arrangementChanged>,
  ports: DayChangedPorts,
): Promise<void> {
  const { today } = await schoolClock(uai, ports);
  const last = until < today ? until : today;
  const first = monthOf(from) < month ? `${month}-01` : from;
  for (let date = first; date <= last && monthOf(date) === month; date = addDays(date, 1)) await followDay({ uai, date }, ports);
}

export const handler = consume(manifest.consumers['on-arrangement-changed'], onArrangementChanged);
