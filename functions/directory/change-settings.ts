import type { changeSettings as route } from '../../shared/directory/routes.ts';
import { hoursRun, SchoolSettings } from '../../shared/directory/school.ts';
import { type AnswerOf, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

export async function changeSettings(
  { params: { uai }, body: { schoolLifeEmail, schoolLifePhone, ...given } }: Input<typeof route>,
  { directory }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const school = await directory.get('school', { uai });
  if (!school) throw missing();
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const settings = SchoolSettings.parse({ ...school.settings, ...named });
  // Roll calls on the wrong side of noon would count for the wrong half-day.
  if (settings.kind === 'primary' && !hoursRun(settings)) throw new Failure('refused', 'directory.hours-out-of-order');
  const set = {
    settings,
    ...(schoolLifeEmail !== undefined && { schoolLifeEmail }),
    ...(schoolLifePhone !== undefined && { schoolLifePhone }),
  };
  await directory.write({ update: 'school', key: { uai }, set: { ...set, rev: school.rev + 1 }, when: { is: { rev: school.rev } } });
  return { ...school, ...set };
}
