import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type * as questions from '../../shared/timetable/questions.ts';
import { readLessons } from './lessons.ts';
import type { AnswersPorts } from './manifest.ts';

export async function answerLesson(
  { uai, date, lessonId, teacherId }: AskedOf<typeof questions.lesson>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof questions.lesson>> {
  const { lessons } = await readLessons(uai, date, teacherId === undefined ? { all: true } : { teacherId }, ports);
  return lessons.find((lesson) => lesson.lessonId === lessonId) ?? null;
}
