import { rosters } from '../../shared/directory/questions.ts';
import { type AnswerOf, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import { lessonParts } from '../../shared/timetable/course.ts';
import type * as routes from '../../shared/timetable/routes.ts';
import { changeDay } from './changed-day.ts';
import type { ApiPorts } from './manifest.ts';

export async function openLesson(
  { params: { uai, date }, body, caller }: Input<typeof routes.openLesson>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.openLesson>> {
  const { ask, ids } = ports;
  const own = caller.card.schools[uai]?.personId;
  if (own === undefined) throw missing();
  const { startMinute, endMinute, label } = body;
  if (endMinute <= startMinute) throw new Failure('refused', 'timetable.ends-before-it-starts');
  const groupIds = [...new Set(body.groupIds)].sort();
  const groups = groupIds.length > 0 ? await ask(rosters, { uai, groupIds, on: date }) : [];
  if (groups.length !== groupIds.length) throw new Failure('refused', 'timetable.unknown-group');
  const subject = { code: `opened-${ids.natural('s', label)}`, label };
  const course = { uai, startMinute, minutes: endMinute - startMinute, subject, groupIds };
  const lesson = {
    startMinute,
    endMinute,
    subject,
    groupIds,
    lessonId: ids.natural('l', ...lessonParts(course, date)),
    teacherIds: [caller.door === 'teacher' ? own : (body.teacherId ?? own)],
    groupLabels: groups.map((group) => group.label),
    rooms: [],
    unscheduled: true,
  };
  const { lessonId } = lesson;
  let teacherIds = lesson.teacherIds;
  await changeDay(
    { uai, date },
    ({ opened }) => {
      // Whoever opened it before keeps it: two who watch one study room share its roll call.
      const before = opened.find((one) => one.lessonId === lessonId);
      teacherIds = [...new Set([...(before?.teacherIds ?? []), ...lesson.teacherIds])];
      const openedBy = before?.openedBy ?? caller.personId;
      return { opened: [...opened.filter((one) => one !== before), { ...lesson, teacherIds, openedBy }] };
    },
    ports,
  );
  return { uai, date, ...lesson, teacherIds };
}
