import type { Occurrence } from '../../shared/kernel/index.ts';
import { type dayChanged, WHOLE_DAY } from '../../shared/timetable/events.ts';
import { consume } from '../runtime/consume.ts';
import { followDay } from './follow-day.ts';
import manifest, { type DayChangedPorts } from './manifest.ts';

/**
 * A lesson marked « n’a pas eu lieu » after its roll call was validated counts no more, nor does any of a day that was closed;
 * taken back, they count again.
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
}

export const handler = consume(manifest.consumers['on-day-changed'], onDayChanged);
