import { answers } from '../runtime/answer.ts';
import { answerDay } from './answer-day.ts';
import { answerLesson } from './answer-lesson.ts';
import { answerSchoolDay } from './answer-school-day.ts';
import manifest from './manifest.ts';

export const handler = answers(manifest.answers, { day: answerDay, schoolDay: answerSchoolDay, lesson: answerLesson });
