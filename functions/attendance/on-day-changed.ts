import { followTimetable } from '../../shared/attendance/follow-timetable.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import type { RollCall } from '../../shared/attendance/table.ts';
import type { Occurrence } from '../../shared/kernel/index.ts';
import type { dayChanged } from '../../shared/timetable/events.ts';
import { day as dayOfLessons } from '../../shared/timetable/questions.ts';
import { consume } from '../runtime/consume.ts';
import { chunks } from './class-list.ts';
import manifest, { type DayChangedPorts } from './manifest.ts';
import { putDay } from './pupil-days.ts';
import { retrying } from './replay.ts';
import { schoolClock } from './school-clock.ts';

/** Days written at once: each by itself, so that one pupil whose day moves meanwhile holds back nobody else's. */
const AT_ONCE = 25;

/**
 * A lesson marked « n’a pas eu lieu » after its roll call was validated counts no more; taken back, it counts again.
 * The facts are read before the timetable is asked, and written only if they still stand: whoever knew an older timetable loses.
 */
export async function onDayChanged(
  { payload: { uai, date, target } }: Occurrence<typeof dayChanged>,
  ports: DayChangedPorts,
): Promise<void> {
  const { attendance, ask } = ports;
  await retrying(async () => {
    const rollCalls = new Map<string, RollCall>();
    const days: PupilDay[] = [];
    for (const item of await attendance.all('ofDay', { uai, date })) {
      if (item.entity === 'pupilDay') days.push(item);
      else if (item.state === 'done') rollCalls.set(item.lessonId, item);
    }
    if (rollCalls.size === 0 || days.length === 0) return;
    const [{ lessons }, { telling }] = await Promise.all([ask(dayOfLessons, { uai, date }), schoolClock(uai, ports)]);
    const concerned = lessons.flatMap(({ lessonId, groupIds, teacherIds, notHeld }) => {
      const rollCall = rollCalls.get(lessonId);
      return rollCall && (lessonId === target || groupIds.includes(target) || teacherIds.includes(target))
        ? [{ lessonId, held: !notHeld, rollCall }]
        : [];
    });
    const follow = async (before: PupilDay): Promise<void> => {
      const after = followTimetable(before, concerned, telling);
      if (after !== before) await attendance.write(putDay(before, after));
    };
    const refused: unknown[] = [];
    for (const some of chunks(days, AT_ONCE)) {
      const outcomes = await Promise.allSettled(some.map(follow));
      refused.push(...outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])));
    }
    if (refused.length > 0) throw refused[0];
  });
}

export const handler = consume(manifest.consumers['on-day-changed'], onDayChanged);
