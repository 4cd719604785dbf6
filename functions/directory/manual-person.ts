import { sortKeyOf } from '../../shared/directory/name-folding.ts';
import { cardWrite, linkOn, putPerson, schoolLinkOf } from '../../shared/directory/plan.ts';
import type { PersonItem, directory as table } from '../../shared/directory/table.ts';
import type { AccessCard, LocalDate, Uai, Write } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

type Door = Extract<PersonItem['door'], 'staff' | 'teacher' | 'authority'>;

export interface ManualPerson {
  /** The record that is there; else one to begin with. */
  readonly person: PersonItem;
  readonly before: PersonItem | undefined;
  readonly card: Readonly<Record<string, unknown>> | undefined;
}

/** Whom no export file holds. The same names at the same door are the same person. */
export async function manualPerson(
  { uai, door, familyName, givenName }: { uai: Uai; door: Door; familyName: string; givenName: string },
  { directory, ids }: Pick<ApiPorts, 'directory' | 'ids'>,
): Promise<ManualPerson> {
  const sortKey = sortKeyOf({ familyName, givenName });
  const [known] = (await directory.query('people', { uai, door, prefix: sortKey }, { limit: 20 })).items.filter(
    (person) => person.sortKey === sortKey,
  );
  const personId = known?.personId ?? ids.natural('p', uai, 'invited', door, sortKey);
  const [before, card] = await Promise.all([
    directory.get('person', { uai, personId }),
    directory.get('card', { personId: known?.accountId ?? personId }),
  ]);
  const person = before ?? {
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
  return { person, before, card };
}

/** The person as they become, present and not to be made to leave by a file that does not know them. */
export const present = ({ departedOn: _, ...person }: PersonItem): PersonItem => ({
  ...person,
  listed: person.door,
  sources: { ...person.sources, manual: '1' },
});

/** Record and card in one transaction; a newcomer counts among those the school has. */
export function writesOfManual(
  after: PersonItem,
  { before, card }: Pick<ManualPerson, 'before' | 'card'>,
  today: LocalDate,
  more: Partial<Pick<AccessCard, 'oversees'>> = {},
): Write<typeof table, 'put' | 'update'>[] {
  const { uai, door } = after;
  const link = { ...schoolLinkOf(after, [], today), children: linkOn(card, uai)?.children ?? [] };
  return [
    putPerson(after, before),
    cardWrite(after, [], today, { [`school:${uai}`]: link, ...more }),
    ...(before || door === 'authority'
      ? []
      : [{ update: 'figures' as const, key: { uai }, set: {}, add: { [door === 'staff' ? 'loadedStaff' : 'loadedTeacher']: 1 } }]),
  ];
}
