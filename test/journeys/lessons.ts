import type { AskContext } from '../../infra/local/ask-context.ts';
import type { System } from '../../infra/local/system.ts';
import { lessonSheet } from '../../shared/attendance/routes.ts';
import { people, peopleAt, rosters } from '../../shared/directory/questions.ts';
import { type AnswerTo, local } from '../../shared/kernel/index.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import { day } from '../../shared/timetable/questions.ts';
import type { Account } from './accounts.ts';

export const ZONE = 'Europe/Paris';

export const civilNow = ({ civilOffsetMs }: System): { date: string; minute: number } => local(new Date(Date.now() + civilOffsetMs), ZONE);

export type Called = Lesson & { readonly pupilIds: readonly string[] };

/** The lessons of a day that have begun, by start, with who belongs to each. */
export async function begunLessons(ask: AskContext, system: System, uai: string): Promise<Called[]> {
  const { date, minute } = civilNow(system);
  const { lessons } = await ask(day, { uai, date });
  const begun = lessons.filter(({ startMinute, notHeld }) => startMinute <= minute && !notHeld);
  const groupIds = [...new Set(begun.flatMap((lesson) => lesson.groupIds))];
  const lists = new Map<string, readonly string[]>();
  for (let from = 0; from < groupIds.length; from += 40)
    for (const { groupId, pupils } of await ask(rosters, { uai, groupIds: groupIds.slice(from, from + 40), on: date }))
      lists.set(
        groupId,
        pupils.map(({ pupilId }) => pupilId),
      );
  return begun.map((lesson) => ({ ...lesson, pupilIds: lesson.groupIds.flatMap((groupId) => lists.get(groupId) ?? []) }));
}

export const isGoingOn = (system: System, { startMinute, endMinute }: Pick<Lesson, 'startMinute' | 'endMinute'>): boolean => {
  const { minute } = civilNow(system);
  // Long enough for whoever opens the page now.
  return startMinute <= minute && minute < endMinute - 3;
};

/** Nobody has called it yet: a journey may. */
export const isUntouched = async (staff: Account, { uai, date, lessonId }: Lesson): Promise<boolean> =>
  (await staff.call(lessonSheet, { params: { uai, date, lessonId } })).revision === 0;

/** A school's record of the person whom its files call so. */
export async function everyone(ask: AskContext, uai: string, door: 'pupil' | 'guardian' | 'teacher') {
  const found = [];
  let cursor: string | undefined;
  do {
    const page: AnswerTo<typeof peopleAt> = await ask(peopleAt, { uai, door, limit: 200, cursor });
    found.push(...page.people);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

/** A teacher of the lesson who has no account yet. */
export async function newTeacher(ask: AskContext, { uai, teacherIds }: Lesson): Promise<string | undefined> {
  const teachers = await ask(people, { uai, personIds: teacherIds });
  return teachers.find(({ activatedAt }) => activatedAt === undefined)?.personId;
}
