import { academyOf } from '../../shared/directory/academies.ts';
import type { openSchool as question } from '../../shared/directory/questions.ts';
import { type AnswerTo, type AskedOf, Failure } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

/** What is not said stays as it is; settings are the school's own. */
export async function openSchool(
  { uai, ...given }: AskedOf<typeof question>,
  { directory }: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const before = await directory.get('school', { uai });
  const academy = academyOf(given.academy);
  if (given.academy !== undefined && academy === undefined) throw new Failure('invalid', 'directory.academy-unknown');
  const said = Object.fromEntries(Object.entries({ ...given, academy }).filter(([, value]) => value !== undefined)) as typeof given & {
    name: string;
  };
  if (before)
    await directory.write({ update: 'school', key: { uai }, set: { ...said, rev: before.rev + 1 }, when: { is: { rev: before.rev } } });
  else await directory.write({ put: 'school', item: { uai, ...said }, when: { absent: true } });
  const school = await directory.get('school', { uai });
  if (!school) throw new RangeError('a school that was just written is not there');
  return school;
}
