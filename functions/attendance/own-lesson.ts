import { type Caller, Failure, type LocalDate, missing } from '../../shared/kernel/index.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import { day, lesson } from '../../shared/timetable/questions.ts';
import type { ApiPorts } from './manifest.ts';
import { recordOf } from './school-clock.ts';

/**
 * A lesson the caller may call the roll of: any of the school for school life, for a teacher only one they give. On a day
 * without lessons the refusal says so; else a lesson of others and none at all are one answer.
 */
export const ownLesson = async (
  { uai, date, lessonId }: { uai: string; date: LocalDate; lessonId: string },
  caller: Caller,
  { ask }: Pick<ApiPorts, 'ask'>,
): Promise<Lesson> => {
  const own = recordOf(caller, uai);
  const found = await ask(lesson, { uai, date, lessonId, ...(caller.door === 'teacher' && { teacherId: own }) });
  if (found) return found;
  const { schoolDay } = await ask(day, { uai, date, teacherId: own });
  throw schoolDay ? missing() : new Failure('refused', 'attendance.day-closed');
};
