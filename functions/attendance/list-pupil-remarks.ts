import type * as routes from '../../shared/attendance/remark-routes.ts';
import { type AnswerOf, addDays, type Input } from '../../shared/kernel/index.ts';
import { schoolYearOf } from '../../shared/timetable/school-year.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';

/** What the family may read: never what is for school life, nor what was taken back. */
export async function listPupilRemarks(
  { params: { uai, pupilId } }: Pick<Input<typeof routes.pupilRemarks>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.pupilRemarks>> {
  const { now, today, school } = await schoolClock(uai, ports);
  const { from } = schoolYearOf(today);
  const found = await ports.attendance.all('remarksOfPupil', { uai, pupilId, from, before: addDays(today, 1) });
  return {
    now,
    timeZone: school.timeZone,
    remarks: found
      .filter(({ visible, undone }) => visible && !undone)
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .map(({ remarkId, date, startMinute, subject, label, text }) => ({
        remarkId,
        date,
        startMinute,
        subject,
        label,
        ...(text !== undefined && { text }),
      })),
  };
}
