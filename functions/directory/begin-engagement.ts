import type * as routes from '../../shared/directory/engagement-routes.ts';
import type { PersonItem } from '../../shared/directory/table.ts';
import { type AnswerOf, Failure, type Input, local, missing } from '../../shared/kernel/index.ts';
import { checkEngagement, engagementOf } from './engagement.ts';
import type { ApiPorts } from './manifest.ts';
import { manualPerson, present, writesOfManual } from './manual-person.ts';

export async function beginEngagement(
  { params: { uai }, body }: Input<typeof routes.beginEngagement>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.beginEngagement>> {
  const { directory, clock } = ports;
  const school = await directory.get('school', { uai });
  if (!school) throw missing();
  const { door, familyName, givenName, email, until } = body;
  const today = local(clock.civil(), school.timeZone).date;
  const duties = door === 'staff' ? [...new Set(body.duties)].sort() : [];
  checkEngagement(door, duties, until, today);
  const found = await manualPerson({ uai, door, familyName, givenName }, ports);
  // Who is there for good, or is their namesake, does not become temporary by being welcomed.
  if (found.before && found.before.departedOn === undefined && found.before.until === undefined)
    throw new Failure('conflict', 'directory.already-at-school');
  const after: PersonItem = {
    ...present(found.person),
    duties,
    until,
    // An address of their own is not the school's to change.
    ...(email !== undefined && !found.person.ownEmail && { email }),
  };
  await directory.write(...writesOfManual(after, found, today));
  const engagement = engagementOf(after, today);
  if (!engagement) throw new RangeError('an engagement without an end');
  return engagement;
}
