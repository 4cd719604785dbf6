import { local, type Occurrence } from '../../shared/kernel/index.ts';
import { type dayChanged, WHOLE_DAY } from '../../shared/timetable/events.ts';
import { consume } from '../runtime/consume.ts';
import { countingAgain } from './day-to-count.ts';
import { followDay } from './follow-day.ts';
import manifest, { type DayChangedPorts } from './manifest.ts';

/** No school’s day is over before this place’s: whose it is need not be asked. */
const EARLIEST = 'Pacific/Kiritimati';

/**
 * A lesson marked « n’a pas eu lieu » after its roll call was validated counts no more, nor does any of a day that was closed;
 * taken back, they count again. A day that is over is counted again.
 */
export async function onDayChanged(
  { payload: { uai, date, target } }: Occurrence<typeof dayChanged>,
  ports: DayChangedPorts,
): Promise<void> {
  await followDay(
    {
      uai,
      date,
      concerns: ({ lessonId, groupIds, teacherIds }) =>
        target === WHOLE_DAY || lessonId === target || groupIds.includes(target) || teacherIds.includes(target),
    },
    ports,
  );
  const again = countingAgain(uai, date, local(ports.clock.civil(), EARLIEST).date);
  if (again.length > 0) await ports.attendance.write(...again);
}

export const handler = consume(manifest.consumers['on-day-changed'], onDayChanged);
