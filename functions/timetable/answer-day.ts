import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type * as questions from '../../shared/timetable/questions.ts';
import { readShelf, type Whose } from './lessons.ts';
import type { AnswersPorts } from './manifest.ts';

export async function answerDay(
  { uai, date, teacherId, pupilId }: AskedOf<typeof questions.day>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof questions.day>> {
  const whose: Whose = teacherId !== undefined ? { teacherId } : pupilId !== undefined ? { pupilId } : { all: true };
  const shelf = await readShelf(uai, date, { of: [whose] }, ports);
  const pupil = pupilId === undefined ? undefined : shelf.week(pupilId)?.pupil;
  return { ...shelf.day(whose), ...(pupil && { pupil }) };
}
