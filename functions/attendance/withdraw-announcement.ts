import { announcementBegins, isOwnAnnouncement } from '../../shared/attendance/announcement.ts';
import { note, type PupilDay } from '../../shared/attendance/pupil-day.ts';
import type * as routes from '../../shared/attendance/routes.ts';
import { ANNOUNCED_AHEAD, ANNOUNCED_DAYS } from '../../shared/attendance/routes.ts';
import { type AnswerOf, addDays, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import { day as dayOfLessons } from '../../shared/timetable/questions.ts';
import type { ApiPorts } from './manifest.ts';
import { putDay } from './pupil-days.ts';
import { retrying } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

/**
 * A guardian takes back what they themselves announced. Days that have begun stay announced, those to come don't; what was
 * said is kept as it was said. Somebody else's announcement and none at all are one answer.
 */
export async function withdrawAnnouncement(
  { params: { uai, pupilId, announcementId }, caller }: Input<typeof routes.withdrawAnnouncement>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.withdrawAnnouncement>> {
  const { attendance } = ports;
  const guardianId = recordOf(caller, uai);
  const clock = await schoolClock(uai, ports);
  const { today, now } = clock;
  const span = { uai, pupilId, from: addDays(today, -ANNOUNCED_DAYS), until: addDays(today, ANNOUNCED_AHEAD) };
  const ownIn = ({ movements }: PupilDay) =>
    movements.find((movement) => movement.movementId === announcementId && isOwnAnnouncement(movement, guardianId));
  return retrying(async () => {
    const dates = (await attendance.all('daysOfPupil', span)).filter(ownIn).map(({ date }) => date);
    if (dates.length === 0) throw missing();
    // The index may be a moment behind: what is written rests on the days themselves.
    const [days, lessons] = await Promise.all([
      attendance.getMany(
        'pupilDay',
        dates.map((date) => ({ uai, date, pupilId })),
      ),
      // When an announcement for today begins.
      dates.includes(today) ? ports.ask(dayOfLessons, { uai, date: today, pupilId }).then((day) => day.lessons) : [],
    ]);
    const withdrawn: string[] = [];
    const writes = days.flatMap((day) => {
      const own = ownIn(day);
      if (!own) return [];
      if (!own.undone && clock.begun(day.date, day.date === today ? announcementBegins(own, lessons) : own.minute)) return [];
      withdrawn.push(day.date);
      const after = note(day, { undo: { movementId: announcementId, by: guardianId, at: now } }, clock.telling);
      return after === day ? [] : [putDay(day, after)];
    });
    if (withdrawn.length === 0) throw new Failure('refused', 'attendance.announcement-begun');
    if (writes.length > 0) await attendance.write(...writes);
    return { announcementId, withdrawn: withdrawn.sort() };
  });
}
