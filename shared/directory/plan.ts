import {
  type AccessCard,
  addDays,
  type Condition,
  type GroupId,
  type LocalDate,
  type PersonId,
  type SchoolLink,
  type Uai,
  type Write,
} from '../kernel/index.ts';
import { childLinksOf } from './entitled.ts';
import { sortKeyOf } from './name-folding.ts';
import type { GuardianLink, RosterPupil } from './person.ts';
import { same } from './same.ts';
import type { Described, PersonSource, WantedLink } from './snapshot.ts';
import type { directory, GroupItem, PersonItem, RosterItem } from './table.ts';

/**
 * One step of a plan: a person with the links of which they are the guardian, or a class or group. It says what should be, not what to write:
 * applied to what is found it gives the writes that are missing, so that doing it twice is one thing, and what direction or the person did
 * in between stays.
 */
export interface PersonUnit {
  readonly unit: 'person';
  readonly personId: PersonId;
  readonly door: PersonItem['door'];
  readonly described?: Described;
  readonly by?: PersonSource;
  readonly sources?: Readonly<Record<string, string>>;
  readonly groups?: readonly GroupId[];
  readonly taught?: PersonItem['taught'];
  /** `null`: in no class any more. */
  readonly classLabel?: string | null;
  readonly departs?: boolean;
  readonly links?: readonly WantedLink[];
  /** Pupils to whom the tie ends. */
  readonly ends?: readonly PersonId[];
  /** Pupils to whom an ended tie opens again, since they are back. */
  readonly reopens?: readonly PersonId[];
  /** Every pupil this guardian has or had a tie to: read before the card is written. */
  readonly ties?: readonly PersonId[];
}

export interface GroupUnit {
  readonly unit: 'group';
  readonly group: Pick<GroupItem, 'groupId' | 'kind' | 'code' | 'label' | 'classIds' | 'origins'>;
  readonly pupils: readonly RosterPupil[];
}

export type Unit = PersonUnit | GroupUnit;
type DirectoryWrite = Write<typeof directory, 'put' | 'update'>;

const withoutRev = <T extends { rev: number }>({ rev: _, ...rest }: T & { entity?: unknown }): Record<string, unknown> => {
  const { entity: __, ...item } = rest as Record<string, unknown>;
  return item;
};

/** A person as the unit wants them, on the ground of what is there. */
export function personAfter(uai: Uai, unit: PersonUnit, before: PersonItem | undefined, today: LocalDate): PersonItem {
  const next: Record<string, unknown> = before
    ? { ...before }
    : {
        uai,
        personId: unit.personId,
        door: unit.door,
        familyName: '?',
        givenName: '',
        phones: [],
        acceptsSms: false,
        language: 'fr',
        groups: [],
        duties: [],
        sources: {},
        taught: [],
        ownEmail: false,
        refusesParents: false,
        rev: 0,
      };
  delete next.entity;
  const trusted = unit.by === 'edt' && (before?.sources.siecle ?? before?.sources.sts) !== undefined;
  for (const [attribute, value] of Object.entries(unit.described ?? {})) {
    if (value === undefined || (attribute === 'email' && before?.ownEmail)) continue;
    if (trusted && next[attribute] !== undefined) continue;
    if (value === null) delete next[attribute];
    else next[attribute] = value;
  }
  if (unit.sources) next.sources = { ...before?.sources, ...unit.sources };
  if (unit.departs) {
    Object.assign(next, { groups: [], taught: [], departedOn: before?.departedOn ?? today });
    delete next.listed;
    delete next.classLabel;
  } else {
    delete next.departedOn;
    next.listed = next.door;
    if (unit.groups) next.groups = unit.groups;
    if (unit.taught) next.taught = unit.taught;
    if (unit.classLabel === null) delete next.classLabel;
    else if (unit.classLabel !== undefined) next.classLabel = unit.classLabel;
  }
  const after = next as PersonItem;
  after.sortKey = sortKeyOf(after);
  return after;
}

export function linkAfter(uai: Uai, wanted: WantedLink, before: GuardianLink | undefined): GuardianLink {
  const { until: _, kinship: __, entity: ___, ...kept } = (before ?? { rev: 0 }) as GuardianLink & { entity?: unknown };
  return { ...kept, uai, ...wanted };
}

/** Over since yesterday: access goes with the write. A tie that ended before stays as it ended. */
export const linkEnded = (before: GuardianLink, today: LocalDate): GuardianLink => {
  const { entity: _, ...link } = before as GuardianLink & { entity?: unknown };
  const yesterday = addDays(today, -1);
  return link.until !== undefined && link.until <= yesterday ? link : { ...link, until: yesterday };
};

const linkReopened = (before: GuardianLink): GuardianLink => {
  const { entity: _, until: __, ...link } = before as GuardianLink & { entity?: unknown };
  return link;
};

/** What a school's record gives its account on the card. */
export function schoolLinkOf(
  person: Pick<PersonItem, 'personId' | 'groups' | 'duties' | 'until' | 'departedOn'>,
  links: readonly GuardianLink[],
  today: LocalDate,
): SchoolLink {
  const { personId, groups, duties, until, departedOn } = person;
  if (departedOn !== undefined) return { personId, groups: [], duties: [], children: [], until: addDays(departedOn, -1) };
  const children = links.flatMap((link) => childLinksOf(link, today)).sort((a, b) => (a.pupilId < b.pupilId ? -1 : 1));
  return { personId, groups, duties, children, ...(until !== undefined && { until }) };
}

/** Attributes of a card, and one school's link under a name of its own. */
export type CardChanges = Partial<Pick<AccessCard, 'door' | 'language' | 'oversees' | 'tokensNotBefore' | 'frozen'>> & {
  readonly [school: `school:${string}`]: SchoolLink | undefined;
};

/** Only what is given is written: another school's link, or a freeze, is never overwritten by one who did not read it. */
export const updateCard = (personId: PersonId, set: CardChanges, when?: Condition): DirectoryWrite =>
  // The store's types cannot say that every attribute `school:…` is a link; the table's schema checks it.
  ({ update: 'card', key: { personId }, set, ...(when && { when }) }) as unknown as DirectoryWrite;

/** A card's link to a school. */
export const linkOn = (card: Readonly<Record<string, unknown>> | undefined, uai: Uai): SchoolLink | undefined =>
  card?.[`school:${uai}`] as SchoolLink | undefined;

/** Sets one school's link on the card of the account that opened the record, or will. */
export function cardWrite(
  person: Pick<PersonItem, 'uai' | 'personId' | 'door' | 'groups' | 'duties' | 'until' | 'departedOn' | 'accountId'>,
  links: readonly GuardianLink[],
  today: LocalDate,
  more: CardChanges = {},
): DirectoryWrite {
  const cardOf = person.accountId ?? person.personId;
  return updateCard(cardOf, {
    ...(cardOf === person.personId && { door: person.door }),
    [`school:${person.uai}`]: schoolLinkOf(person, links, today),
    ...more,
  });
}

const putLink = (after: GuardianLink, before: GuardianLink | undefined): DirectoryWrite => ({
  put: 'link',
  item: { ...after, rev: (before?.rev ?? 0) + 1 },
  when: before ? { is: { rev: before.rev } } : { absent: true },
});

export const putPerson = (after: PersonItem, before: PersonItem | undefined): DirectoryWrite => ({
  put: 'person',
  item: { ...after, rev: (before?.rev ?? 0) + 1 },
  when: before ? { is: { rev: before.rev } } : { absent: true },
});

export interface FoundPerson {
  readonly person: PersonItem | undefined;
  /** The ties named by the unit, by pupil. */
  readonly links: ReadonlyMap<PersonId, GuardianLink>;
}

/** The links of a guardian as a unit leaves them, and which of them change. */
export function linksAfter(
  uai: Uai,
  unit: PersonUnit,
  found: ReadonlyMap<PersonId, GuardianLink>,
  today: LocalDate,
): { all: Map<PersonId, GuardianLink>; changed: PersonId[] } {
  const all = new Map(found);
  for (const pupilId of unit.ends ?? []) {
    const before = found.get(pupilId);
    if (before) all.set(pupilId, linkEnded(before, today));
  }
  for (const pupilId of unit.reopens ?? []) {
    const before = found.get(pupilId);
    if (before) all.set(pupilId, linkReopened(before));
  }
  for (const wanted of unit.links ?? []) all.set(wanted.pupilId, linkAfter(uai, wanted, found.get(wanted.pupilId)));
  const changed = [...all]
    .filter(([pupilId, after]) => {
      const before = found.get(pupilId);
      return before === undefined || !same(withoutRev(after), withoutRev(before));
    })
    .map(([pupilId]) => pupilId);
  return { all, changed };
}

/** The writes a person's unit still needs: none when all is so already. The card is written with the person, whose revision guards both. */
export function writesOfPerson(uai: Uai, unit: PersonUnit, { person: before, links }: FoundPerson, today: LocalDate): DirectoryWrite[] {
  const { all, changed } = linksAfter(uai, unit, links, today);
  if (!before && unit.departs) return [];
  const after = personAfter(uai, unit, before, today);
  if (before && changed.length === 0 && same(withoutRev(after), withoutRev(before))) return [];
  return [
    ...changed.map((pupilId) => putLink(all.get(pupilId) as GuardianLink, links.get(pupilId))),
    putPerson(after, before),
    cardWrite(after, [...all.values()], today),
  ];
}

export interface FoundGroup {
  readonly group: GroupItem | undefined;
  readonly roster: RosterItem | undefined;
}

export function groupAfter(uai: Uai, { group, pupils }: GroupUnit, found: FoundGroup): { group: GroupItem; roster: RosterItem } {
  const { groupId, kind, label } = group;
  return {
    group: { ...group, uai, size: new Set(pupils.map(({ pupilId }) => pupilId)).size, rev: found.group?.rev ?? 0 },
    roster: { uai, groupId, kind, label, pupils: [...pupils], rev: found.roster?.rev ?? 0 },
  };
}

export function writesOfGroup(uai: Uai, unit: GroupUnit, found: FoundGroup): DirectoryWrite[] {
  const after = groupAfter(uai, unit, found);
  const writes: DirectoryWrite[] = [];
  if (!found.group || !same(withoutRev(after.group), withoutRev(found.group)))
    writes.push({
      put: 'group',
      item: { ...after.group, rev: after.group.rev + 1 },
      when: found.group ? { is: { rev: found.group.rev } } : { absent: true },
    });
  if (!found.roster || !same(withoutRev(after.roster), withoutRev(found.roster)))
    writes.push({
      put: 'roster',
      item: { ...after.roster, rev: after.roster.rev + 1 },
      when: found.roster ? { is: { rev: found.roster.rev } } : { absent: true },
    });
  return writes;
}

/** Writes a unit may come to: what a page of the plan is measured by. */
export const weightOf = (unit: Unit): number =>
  unit.unit === 'group' ? 2 : 2 + (unit.links?.length ?? 0) + (unit.ends?.length ?? 0) + (unit.reopens?.length ?? 0);
