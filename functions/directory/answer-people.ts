import type { people as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

export const answerPeople = (
  { uai, personIds }: AskedOf<typeof question>,
  { directory }: AnswersPorts,
): Promise<AnswerTo<typeof question>> =>
  directory.getMany(
    'person',
    [...new Set(personIds)].map((personId) => ({ uai, personId })),
  );
