import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type * as questions from '../../shared/timetable/questions.ts';
import { readShelf, type Shelf, type Whose } from './lessons.ts';
import type { AnswersPorts } from './manifest.ts';

/**
 * One request when the asker knows the lesson's groups; what they did not know, or knew wrong, costs one more.
 */
export async function answerLesson(
  { uai, date, lessonId, teacherId, groupIds, pupilIds }: AskedOf<typeof questions.lesson>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof questions.lesson>> {
  const all: Whose = { all: true };
  const whose: Whose = teacherId !== undefined ? { teacherId } : groupIds.length > 0 ? { groupIds } : all;
  const pupils: Whose[] = pupilIds.map((pupilId) => ({ pupilId }));
  const shelf = await readShelf(uai, date, { of: [whose, ...pupils], listsOf: groupIds }, ports);
  const find = (from: Shelf, among: Whose) => from.day(among).lessons.find((one) => one.lessonId === lessonId);
  let found = find(shelf, whose);
  if (!found && 'groupIds' in whose) found = find(await readShelf(uai, date, { of: [all] }, ports), all);
  const { schoolDay, closedBecause, school } = shelf.day(whose);
  const unread = found?.groupIds.filter((groupId) => !groupIds.includes(groupId)) ?? [];
  const rest = unread.length > 0 ? await readShelf(uai, date, { of: [], listsOf: unread }, ports) : undefined;
  const listed = (found?.groupIds ?? []).flatMap((groupId) => shelf.pupilsOf(groupId) ?? rest?.pupilsOf(groupId) ?? []);
  const others = new Map(pupils.flatMap((one) => shelf.day(one).lessons).map((one) => [one.lessonId, one]));
  others.delete(lessonId);
  return {
    schoolDay,
    ...(closedBecause !== undefined && { closedBecause }),
    ...(school && { school }),
    lesson: found ? { ...found, teachers: [...(found.teachers ?? [])] } : null,
    pupils: [...new Map(listed.map((pupil) => [pupil.pupilId, pupil])).values()],
    others: [...others.values()],
  };
}
