import * as z from 'zod';
import { GroupId, isOpen, LocalDate, PersonId } from '../kernel/index.ts';
import { type Lesson, LessonTeacher } from './lesson.ts';

/**
 * « Suppléance »: who takes the lessons of a teacher who is away, or helps with those of a class (the day off of a head, a second teacher),
 * both days included.
 */
export const StandIn = z.object({
  target: z.union([PersonId, GroupId]),
  /** Name of the teacher or class, as it was when it was said. */
  label: z.string().max(220),
  by: LessonTeacher,
  from: LocalDate,
  until: LocalDate,
});
export type StandIn = z.infer<typeof StandIn>;

/** Far more than a school has at once; they lie beside the calendar, which is read with every day. */
export const MOST_STAND_INS = 60;

type Taken = Pick<Lesson, 'teacherIds' | 'groupIds'> & { readonly teachers?: readonly LessonTeacher[] };

const distinct = (teachers: readonly LessonTeacher[]): LessonTeacher[] => [...new Map(teachers.map((one) => [one.personId, one])).values()];

/** A lesson with who really takes it that day: a teacher’s stand-in instead of them, a class’s beside whoever has it. */
export function withStandIns<L extends Taken>(lesson: L, date: LocalDate, standIns: readonly StandIn[]): L {
  const open = standIns.filter((one) => isOpen(one, date));
  const instead = (teacherId: string) => open.filter(({ target }) => target === teacherId);
  const beside = open.filter(({ target }) => lesson.groupIds.includes(target)).map(({ by }) => by);
  if (beside.length === 0 && !lesson.teacherIds.some((teacherId) => instead(teacherId).length > 0)) return lesson;
  const known = new Map((lesson.teachers ?? []).map((one) => [one.personId, one]));
  const teachers = distinct([
    ...lesson.teacherIds.flatMap((personId) => {
      const others = instead(personId);
      return others.length > 0 ? others.map(({ by }) => by) : [known.get(personId) ?? { personId }];
    }),
    ...beside,
  ]);
  return { ...lesson, teacherIds: teachers.map(({ personId }) => personId), ...(lesson.teachers && { teachers }) };
}

/** Whose lessons a teacher has on a day beside their own. */
export const standsInFor = (teacherId: string, date: LocalDate, standIns: readonly StandIn[]): string[] => [
  ...new Set(standIns.filter((one) => one.by.personId === teacherId && isOpen(one, date)).map(({ target }) => target)),
];
