import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type * as questions from '../../shared/timetable/questions.ts';
import { readLessons } from './lessons.ts';
import type { AnswersPorts } from './manifest.ts';

export async function answerSchoolDay(
  { uai, date }: AskedOf<typeof questions.schoolDay>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof questions.schoolDay>> {
  const day = await readLessons(uai, date, { all: true }, ports);
  return {
    ...day,
    lessons: day.lessons.map(({ teachers = [], members = [], ...lesson }) => ({
      ...lesson,
      teachers: [...teachers],
      members: [...members],
    })),
  };
}
