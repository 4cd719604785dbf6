import { exitTimes } from '../../shared/attendance/exit-right.ts';
import type * as routes from '../../shared/attendance/exit-routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { day as dayOfLessons } from '../../shared/timetable/questions.ts';
import { pupilAt } from './class-list.ts';
import { rightOf, signedFor } from './exit-rights.ts';
import type { ApiPorts } from './manifest.ts';
import { dayClock } from './school-clock.ts';

export async function readExit(
  { params: { uai, date, pupilId } }: Pick<Input<typeof routes.readExit>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.readExit>> {
  const [asked, { person }, own] = await Promise.all([
    ports.ask(dayOfLessons, { uai, date, pupilId }),
    pupilAt(uai, pupilId, date, ports),
    ports.attendance.get('pupilExit', { uai, pupilId }),
  ]);
  const { regime } = person;
  const [found, clock] = await Promise.all([rightOf({ uai, regime }, signedFor(date, own), ports), dayClock(uai, asked, ports)]);
  return { ...found, times: exitTimes(found.right, asked.lessons, { regime, noon: clock.school.settings.halfDaySwitch }) };
}
