import { sortKeyOf } from '../../shared/directory/name-folding.ts';
import { cardWrite, linkOn, putPerson, schoolLinkOf } from '../../shared/directory/plan.ts';
import type { invite as question } from '../../shared/directory/questions.ts';
import type { PersonItem } from '../../shared/directory/table.ts';
import { type AnswerTo, type AskedOf, local, missing } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

/** The same names at the same door are the same person: an invitation adds duties and changes the address. */
export async function invite(
  { uai, door, familyName, givenName, duties, email, oversees }: AskedOf<typeof question>,
  { directory, ids, clock }: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const school = await directory.get('school', { uai });
  if (!school) throw missing();
  const sortKey = sortKeyOf({ familyName, givenName });
  const [known] = (await directory.query('people', { uai, door, prefix: sortKey }, { limit: 20 })).items.filter(
    (person) => person.sortKey === sortKey,
  );
  const personId = known?.personId ?? ids.natural('p', uai, 'invited', door, sortKey);
  const [before, card] = await Promise.all([
    directory.get('person', { uai, personId }),
    directory.get('card', { personId: known?.accountId ?? personId }),
  ]);
  const {
    entity: _,
    departedOn: __,
    ...kept
  } = before ?? {
    entity: 'person',
    departedOn: undefined,
    uai,
    personId,
    door,
    familyName,
    givenName,
    sortKey,
    phones: [],
    acceptsSms: false,
    language: 'fr' as const,
    groups: [],
    duties: [],
    taught: [],
    sources: {},
    ownEmail: false,
    refusesParents: false,
    rev: 0,
  };
  const after: PersonItem = {
    ...kept,
    listed: door,
    duties: [...new Set([...kept.duties, ...(door === 'staff' ? duties : [])])].sort(),
    // No file lists them, so no file makes them leave.
    sources: { ...kept.sources, manual: '1' },
    ...(email !== undefined && { email }),
  };
  const today = local(clock.civil(), school.timeZone).date;
  const link = { ...schoolLinkOf(after, [], today), children: linkOn(card, uai)?.children ?? [] };
  await directory.write(
    putPerson(after, before),
    cardWrite(after, [], today, {
      [`school:${uai}`]: link,
      ...(door === 'authority' && { oversees: [...new Set([...(card?.oversees ?? []), ...oversees])].sort() }),
    }),
    ...(before || door === 'authority'
      ? []
      : [{ update: 'figures' as const, key: { uai }, set: {}, add: { [door === 'staff' ? 'loadedStaff' : 'loadedTeacher']: 1 } }]),
  );
  return { ...after, rev: (before?.rev ?? 0) + 1 };
}
