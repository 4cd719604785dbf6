import type * as routes from '../../shared/directory/engagement-routes.ts';
import { type AnswerOf, type Input, local, missing } from '../../shared/kernel/index.ts';
import { engagementOf } from './engagement.ts';
import type { ApiPorts } from './manifest.ts';

export async function listEngagements(
  { params: { uai } }: Input<typeof routes.listEngagements>,
  { directory, clock }: ApiPorts,
): Promise<AnswerOf<typeof routes.listEngagements>> {
  const [school, teachers, staff] = await Promise.all([
    directory.get('school', { uai }),
    directory.all('everybody', { uai, door: 'teacher' }),
    directory.all('everybody', { uai, door: 'staff' }),
  ]);
  if (!school) throw missing();
  const today = local(clock.civil(), school.timeZone).date;
  const engagements = [...teachers, ...staff].flatMap((person) => engagementOf(person, today) ?? []);
  const running = engagements.filter(({ ended }) => !ended).sort((a, b) => (a.until < b.until ? -1 : 1));
  return { today, engagements: [...running, ...engagements.filter(({ ended }) => ended).sort((a, b) => (a.until > b.until ? -1 : 1))] };
}
