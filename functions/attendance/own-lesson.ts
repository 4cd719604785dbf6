import { type AnswerTo, type Caller, Failure, type LocalDate, missing } from '../../shared/kernel/index.ts';
import { lesson } from '../../shared/timetable/questions.ts';
import type { ListPupil } from '../../shared/timetable/week.ts';
import type { ApiPorts } from './manifest.ts';
import { dayClock, recordOf, type SchoolClock } from './school-clock.ts';

type Answered = AnswerTo<typeof lesson>;

export interface OwnLesson {
  readonly lesson: NonNullable<Answered['lesson']>;
  /** Who belongs to its classes and groups that day. */
  readonly listed: ReadonlyMap<string, ListPupil>;
  /** Other lessons, that day, of the pupils asked about. */
  readonly others: readonly Answered['others'][number][];
  readonly clock: SchoolClock;
}

/**
 * A lesson the caller may call the roll of, with its list: any of the school for school life, for a teacher only one they give.
 * On a day without lessons the refusal says so; else a lesson of others and none at all are one answer. `groups` is what the page
 * takes the lesson’s classes to be: it saves a reading, and nothing is believed of it.
 */
export const ownLesson = async (
  { uai, date, lessonId }: { uai: string; date: LocalDate; lessonId: string },
  caller: Caller,
  { groups, pupilIds = [] }: { readonly groups: string | undefined; readonly pupilIds?: readonly string[] },
  ports: Pick<ApiPorts, 'ask' | 'clock'>,
): Promise<OwnLesson> => {
  const own = recordOf(caller, uai);
  const found = await ports.ask(lesson, {
    uai,
    date,
    lessonId,
    groupIds: groups?.split(',') ?? [],
    pupilIds: [...pupilIds],
    ...(caller.door === 'teacher' && { teacherId: own }),
  });
  if (!found.lesson) throw found.schoolDay ? missing() : new Failure('refused', 'attendance.day-closed');
  return {
    lesson: found.lesson,
    listed: new Map(found.pupils.map((pupil) => [pupil.pupilId, pupil])),
    others: found.others,
    clock: await dayClock(uai, found, ports),
  };
};
