import type { invite as question } from '../../shared/directory/questions.ts';
import { type AnswerTo, type AskedOf, local, missing } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';
import { manualPerson, present, writesOfManual } from './manual-person.ts';

/** An invitation adds duties and changes the address; it is for good. */
export async function invite(
  { uai, door, familyName, givenName, duties, email, oversees }: AskedOf<typeof question>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const { directory, clock } = ports;
  const school = await directory.get('school', { uai });
  if (!school) throw missing();
  const found = await manualPerson({ uai, door, familyName, givenName }, ports);
  const { until: _, ...kept } = present(found.person);
  const after = {
    ...kept,
    duties: [...new Set([...kept.duties, ...(door === 'staff' ? duties : [])])].sort(),
    ...(email !== undefined && { email }),
  };
  const today = local(clock.civil(), school.timeZone).date;
  const { oversees: held = [] } = (found.card ?? {}) as { oversees?: string[] };
  await directory.write(
    ...writesOfManual(after, found, today, door === 'authority' ? { oversees: [...new Set([...held, ...oversees])].sort() } : {}),
  );
  return { ...after, rev: after.rev + 1 };
}
