import type { rosters as question } from '../../shared/directory/questions.ts';
import { type AnswerTo, type AskedOf, isOpen } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

export async function answerRosters(
  { uai, groupIds, on }: AskedOf<typeof question>,
  { directory }: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const rosters = await directory.getMany(
    'roster',
    [...new Set(groupIds)].map((groupId) => ({ uai, groupId })),
  );
  return rosters.map(({ groupId, kind, label, pupils }) => {
    // Left and come back: two lines, of which one is open.
    const open = new Map(pupils.filter((line) => isOpen(line, on)).map((line) => [line.pupilId, line]));
    return { groupId, kind, label, pupils: [...open.values()] };
  });
}
