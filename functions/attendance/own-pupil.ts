import { type Caller, Failure, type LocalDate } from '../../shared/kernel/index.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import type { ListPupil } from '../../shared/timetable/week.ts';
import type { ApiPorts } from './manifest.ts';
import { ownLesson } from './own-lesson.ts';

interface Spoken {
  readonly lesson?: Lesson;
  /** As the lesson’s list has them; absent of somebody who was added by hand. */
  readonly listed?: ListPupil | undefined;
}

/** School life speaks of any pupil; a teacher from a lesson they give, of who belongs to it or was called in it. */
export const ownPupil = async (
  { uai, date, pupilId }: { uai: string; date: LocalDate; pupilId: string },
  lessonId: string | undefined,
  caller: Caller,
  ports: ApiPorts,
): Promise<Spoken> => {
  if (lessonId === undefined) {
    if (caller.door === 'teacher') throw new Failure('refused', 'attendance.lesson-not-named');
    return {};
  }
  const { lesson, listed } = await ownLesson({ uai, date, lessonId }, caller, { groups: undefined }, ports);
  const found = listed.get(pupilId);
  if (!found && caller.door === 'teacher') {
    const rollCall = await ports.attendance.get('rollCall', { uai, date, lessonId });
    if (!rollCall?.pupilIds.includes(pupilId)) throw new Failure('refused', 'attendance.pupil-outside-lesson', { pupilIds: [pupilId] });
  }
  return { lesson, listed: found };
};
