import { type AnswerOf, type Caller, Failure, type Input, instant, missing } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/timetable/routes.ts';
import { changeDay } from './changed-day.ts';
import { readLessons } from './lessons.ts';
import type { ApiPorts } from './manifest.ts';

/** A teacher answers for the lessons they give; school life for any lesson, class or teacher. */
async function lessonsConcerned(uai: string, date: string, target: string, caller: Caller, ports: ApiPorts): Promise<string[]> {
  const own = caller.card.schools[uai]?.personId;
  if (own === undefined) throw missing();
  const { lessons } = await readLessons(uai, date, caller.door === 'teacher' ? { teacherId: own } : { all: true }, ports);
  const concerned = lessons.filter(
    ({ lessonId, groupIds, teacherIds }) =>
      lessonId === target || (caller.door === 'staff' && (groupIds.includes(target) || teacherIds.includes(target))),
  );
  if (concerned.length === 0) throw new Failure('missing', 'timetable.not-your-lesson');
  return concerned.map(({ lessonId }) => lessonId);
}

export async function markNotHeld(
  { params: { uai, date, target }, body, caller }: Input<typeof routes.markNotHeld>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.markNotHeld>> {
  const lessons = await lessonsConcerned(uai, date, target, caller, ports);
  const mark = { target, reason: body.reason, by: caller.personId, at: instant(ports.clock.civil()) };
  await changeDay({ uai, date }, ({ notHeld }) => ({ notHeld: [...notHeld.filter((one) => one.target !== target), mark] }), ports);
  return { lessons };
}

export async function markHeld(
  { params: { uai, date, target }, caller }: Input<typeof routes.markHeld>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.markHeld>> {
  await lessonsConcerned(uai, date, target, caller, ports);
  await changeDay({ uai, date }, ({ notHeld }) => ({ notHeld: notHeld.filter((one) => one.target !== target) }), ports);
  return { held: true };
}
