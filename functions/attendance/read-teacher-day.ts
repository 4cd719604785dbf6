import type * as routes from '../../shared/attendance/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { day } from '../../shared/timetable/questions.ts';
import { cardOf } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { dayClock, recordOf } from './school-clock.ts';

export async function readTeacherDay(
  { params: { uai, date }, caller }: Input<typeof routes.teacherDay>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.teacherDay>> {
  const asked = await ports.ask(day, { uai, date, teacherId: recordOf(caller, uai) });
  const { schoolDay, closedBecause, lessons } = asked;
  const clock = await dayClock(uai, asked, ports);
  const rollCalls = await ports.attendance.getMany(
    'rollCall',
    lessons.map(({ lessonId }) => ({ uai, date, lessonId })),
  );
  const found = new Map(rollCalls.map((rollCall) => [rollCall.lessonId, rollCall]));
  return {
    date,
    now: clock.now,
    timeZone: clock.school.timeZone,
    schoolDay,
    ...(closedBecause !== undefined && { closedBecause }),
    lessons: lessons.map((lesson) => {
      const rollCall = found.get(lesson.lessonId);
      return {
        ...cardOf(lesson),
        state: rollCall?.state ?? 'todo',
        revision: rollCall?.revision ?? 0,
        ...(rollCall && { savedAt: rollCall.savedAt }),
        unsent: !lesson.notHeld && rollCall?.state !== 'done' && clock.begun(date, lesson.startMinute),
      };
    }),
  };
}
