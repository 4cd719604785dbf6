import type { pupilDayChanged } from '../../shared/attendance/events.ts';
import { factsOf } from '../../shared/attendance/half-days.ts';
import { emptyDay } from '../../shared/attendance/pupil-day.ts';
import { followMonth, monthOf } from '../../shared/attendance/pupil-month.ts';
import type { Occurrence } from '../../shared/kernel/index.ts';
import { consume } from '../runtime/consume.ts';
import { countingOf, thresholdsOf } from './counting-of.ts';
import { countingAgain } from './day-to-count.ts';
import manifest, { type PupilDayChangedPorts } from './manifest.ts';
import { retrying } from './replay.ts';
import { schoolClock } from './school-clock.ts';

/**
 * Counts a pupil's day into their month, from the day as it now is. The month is read before the day: whoever read an older day
 * holds an older month, and the database refuses it. Done twice, or late, it comes to the same.
 */
export async function onPupilDayChanged(
  { payload: { uai, date, pupilId } }: Occurrence<typeof pupilDayChanged>,
  ports: PupilDayChangedPorts,
): Promise<void> {
  const { attendance } = ports;
  const { school, now, today, telling } = await schoolClock(uai, ports);
  // Heard late: an ended year is counted, and perhaps erased.
  if (date < telling.openFrom) return;
  const rules = { counting: countingOf(school), thresholds: thresholdsOf(school), now };
  await retrying(async () => {
    const before = await attendance.get('pupilMonth', { uai, month: monthOf(date), pupilId });
    const day = (await attendance.get('pupilDay', { uai, date, pupilId })) ?? emptyDay(uai, date, pupilId);
    const after = followMonth(before, day, factsOf(day), rules);
    if (!after || after === before) return;
    await attendance.write(
      { put: 'pupilMonth', item: after, when: before ? { is: { revision: before.revision } } : { absent: true } },
      ...countingAgain(uai, date, today),
    );
  });
}

export const handler = consume(manifest.consumers['on-pupil-day-changed'], onPupilDayChanged);
