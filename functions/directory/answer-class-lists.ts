import type { classLists as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

/** Lists a page: far below what an invocation may answer. */
const PAGE = 100;

export async function answerClassLists(
  { uai, cursor }: AskedOf<typeof question>,
  { directory }: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const page = await directory.query('rosters', { uai }, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
  return {
    lists: page.items.map(({ groupId, kind, label, pupils }) => ({ uai, groupId, kind, label, pupils })),
    ...(page.cursor !== undefined && { cursor: page.cursor }),
  };
}
