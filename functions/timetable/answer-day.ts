import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type * as questions from '../../shared/timetable/questions.ts';
import { readLessons } from './lessons.ts';
import type { AnswersPorts } from './manifest.ts';

export const answerDay = (
  { uai, date, teacherId, groupIds }: AskedOf<typeof questions.day>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof questions.day>> =>
  readLessons(uai, date, teacherId === undefined ? (groupIds === undefined ? { all: true } : { groupIds }) : { teacherId }, ports);
