import type { school as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

export const answerSchool = async ({ uai }: AskedOf<typeof question>, { directory }: AnswersPorts): Promise<AnswerTo<typeof question>> =>
  (await directory.get('school', { uai })) ?? null;
