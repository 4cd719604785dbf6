import type * as questions from '../../shared/attendance/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

export async function answerFamilyRemarks(
  { uai, remarks }: AskedOf<typeof questions.familyRemarks>,
  { attendance }: AnswersPorts,
): Promise<AnswerTo<typeof questions.familyRemarks>> {
  const found = await attendance.getMany(
    'remark',
    remarks.map((remark) => ({ uai, ...remark })),
  );
  return found
    .filter(({ visible, undone }) => visible && !undone)
    .map(({ remarkId, pupilId, date, startMinute, subject, label }) => ({ remarkId, pupilId, date, startMinute, subject, label }));
}
