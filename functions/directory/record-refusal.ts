import { isAdult } from '../../shared/directory/entitled.ts';
import type { recordRefusal as route } from '../../shared/directory/routes.ts';
import { type AnswerOf, Failure, type Input, local, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

export async function recordRefusal(
  { params: { uai, pupilId }, body: { refuses } }: Input<typeof route>,
  { directory, clock }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const [school, pupil] = await Promise.all([directory.get('school', { uai }), directory.get('person', { uai, personId: pupilId })]);
  if (!school || !pupil || pupil.door !== 'pupil') throw missing();
  if (refuses && !isAdult(pupil.birthDate, local(clock.civil(), school.timeZone).date))
    throw new Failure('refused', 'directory.not-of-age');
  await directory.write({
    update: 'person',
    key: { uai, personId: pupilId },
    set: { refusesParents: refuses, rev: pupil.rev + 1 },
    when: { is: { rev: pupil.rev } },
  });
  return { done: true };
}
