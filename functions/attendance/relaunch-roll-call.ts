import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import { RELAUNCH_MINUTES } from '../../shared/attendance/reminder.ts';
import type * as routes from '../../shared/attendance/routes.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { ownLesson } from './own-lesson.ts';
import { reminding } from './reminder-of.ts';
import { retrying } from './replay.ts';
import { recordOf } from './school-clock.ts';

/** Two desks at once ask once: the second finds that it was just done. */
export async function relaunchRollCall(
  { params, query: { groups }, caller }: Pick<Input<typeof routes.relaunchRollCall>, 'params' | 'query' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.relaunchRollCall>> {
  const { uai, date, lessonId } = params;
  const by = recordOf(caller, uai);
  const { lesson, clock } = await ownLesson(params, caller, { groups }, ports);
  refuseOver(date, clock.telling);
  if (lesson.notHeld || !clock.begun(date, lesson.startMinute)) throw new Failure('refused', 'attendance.roll-call-not-due');
  return retrying(async () => {
    const found = await ports.attendance.read(
      { get: 'rollCall', key: { uai, date, lessonId } },
      { get: 'reminder', key: { uai, date, lessonId } },
    );
    if (found.some((item) => item.entity === 'rollCall' && item.state === 'done'))
      throw new Failure('refused', 'attendance.roll-call-not-due');
    const before = found.find((item) => item.entity === 'reminder');
    const last = before?.sent.at(-1)?.at;
    if (last !== undefined && Date.parse(clock.now) - Date.parse(last) < RELAUNCH_MINUTES * 60_000)
      throw new Failure('refused', 'attendance.reminded-just-now');
    await ports.attendance.write(reminding(lesson, before, { at: clock.now, by }));
    return { lessonId, at: clock.now };
  });
}
