import { updateCard } from '../../shared/directory/plan.ts';
import type { revokeTokens as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

export async function revokeTokens(
  { personId, notBefore }: AskedOf<typeof question>,
  { directory }: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  await directory.write(updateCard(personId, { tokensNotBefore: notBefore }, { present: true }));
  return { done: true };
}
