import { addDays, type GroupId, isOpen, type LocalDate, type PersonId } from '../kernel/index.ts';
import type { ImportChange, ImportCounts } from './import.ts';
import { sortKeyOf } from './name-folding.ts';
import type { GuardianLink, RosterPupil } from './person.ts';
import { type GroupUnit, groupAfter, linksAfter, type PersonUnit, personAfter, type Unit } from './plan.ts';
import { same } from './same.ts';
import type { PersonSource, Snapshot, WantedGroup } from './snapshot.ts';
import type { GroupItem, PersonItem, RosterItem, SchoolItem } from './table.ts';

/** A school as it is. */
export interface Current {
  readonly school: Pick<SchoolItem, 'uai' | 'sources'>;
  readonly people: readonly PersonItem[];
  readonly links: readonly GuardianLink[];
  readonly groups: readonly GroupItem[];
  readonly rosters: readonly RosterItem[];
}

export interface Differences {
  readonly changes: readonly ImportChange[];
  /** In the order in which they are applied. */
  readonly units: readonly Unit[];
  readonly counts: Omit<ImportCounts, 'anomalies' | 'courses'>;
  readonly leaving: { readonly pupils: number; readonly of: number };
}

/** Attributes of a person that a human cares to see change. */
const SHOWN = ['familyName', 'givenName', 'civility', 'sex', 'birthDate', 'email', 'phones', 'acceptsSms', 'regime'] as const;

const isPresent = (person: PersonItem | undefined): person is PersonItem & { departedOn?: undefined } =>
  person !== undefined && person.departedOn === undefined;
const linkKey = (link: { pupilId: string; guardianId: string }): string => `${link.pupilId} ${link.guardianId}`;
const unique = <T>(values: Iterable<T>): T[] => [...new Set(values)];

/**
 * What would have to change for a school to be as the files of an import say. Pure: the dry run shows `changes`, applying works off `units`.
 * Nobody is ever deleted; who is in no complete list any more departs. A file answers only for what it lists: EDT makes nobody leave where
 * SIECLE is known, STS nobody that it never named.
 */
export function diff(snapshot: Snapshot, current: Current, today: LocalDate): Differences {
  const { uai } = snapshot;
  const before = new Map(current.people.map((person) => [person.personId, person]));
  const changes: ImportChange[] = [];

  const departing = new Set<PersonId>();
  for (const person of current.people)
    if (isPresent(person) && !snapshot.people.has(person.personId) && leaves(person, snapshot, current)) departing.add(person.personId);

  const wantedUnit = (personId: PersonId, door: PersonItem['door']): PersonUnit => {
    const wanted = snapshot.people.get(personId);
    return {
      unit: 'person',
      personId,
      door,
      ...(wanted && { described: wanted.described, by: wanted.by, sources: wanted.sources }),
      ...(departing.has(personId) && { departs: true }),
    };
  };

  // Pupils as they will be, since lists carry their names.
  const pupils = new Map<PersonId, PersonItem>();
  for (const { personId, door } of snapshot.people.values())
    if (door === 'pupil') pupils.set(personId, personAfter(uai, wantedUnit(personId, 'pupil'), before.get(personId), today));
  for (const person of current.people)
    if (person.door === 'pupil' && isPresent(person) && !departing.has(person.personId) && !pupils.has(person.personId))
      pupils.set(person.personId, person);

  const groups = groupsAfter(snapshot, current, pupils, today);
  const label = new Map(groups.map(({ group }) => [group.groupId, group]));
  const membership = membershipsOf(groups);

  const units: Unit[] = [];
  const leave = (unit: PersonUnit, person: PersonItem): void => {
    units.push(unit);
    changes.push({ kind: 'departure', ...nameOf(person), activated: person.activatedAt !== undefined });
  };

  const stay = (unit: PersonUnit, extra: Partial<ImportChange> = {}): void => {
    const was = before.get(unit.personId);
    const links = linksOfUnit(unit, current.links);
    const { changed } = linksAfter(uai, unit, links, today);
    const after = personAfter(uai, unit, was, today);
    const { rev: _, ...a } = after;
    const { rev: __, entity: ___, ...b } = { entity: undefined, ...(was ?? { rev: 0 }) };
    if (was && changed.length === 0 && same(a, b)) return;
    units.push(unit);
    if (!isPresent(was)) {
      changes.push({ kind: 'arrival', ...nameOf(after), ...(was && { returns: true }), ...extra });
      return;
    }
    const fields: string[] = SHOWN.filter((field) => !same(was[field], after[field]));
    if (fields.length > 0) changes.push({ kind: 'change', ...nameOf(after), fields });
    if (after.door === 'pupil' && was.classLabel !== after.classLabel)
      changes.push({
        kind: 'class-move',
        ...nameOf(after),
        ...(was.classLabel && { from: was.classLabel }),
        ...(after.classLabel && { to: after.classLabel }),
      });
  };

  for (const pupil of [...pupils.values()].sort(byName)) {
    const { groups: ids = [], classLabel = null } = membership(pupil.personId, today);
    stay({ ...wantedUnit(pupil.personId, 'pupil'), groups: ids, classLabel }, classLabel === null ? {} : { to: classLabel });
  }
  for (const person of current.people)
    if (person.door === 'pupil' && departing.has(person.personId)) leave(wantedUnit(person.personId, 'pupil'), person);

  for (const unit of teacherUnits(snapshot, current, label, wantedUnit)) {
    const was = before.get(unit.personId);
    if (unit.departs && was) leave(unit, was);
    else stay(unit);
  }

  for (const { unit, was, lost, made } of guardianUnits(snapshot, current, pupils, departing, before, wantedUnit, today)) {
    if (unit.departs && was) leave(unit, was);
    else stay(unit);
    changes.push(...lost, ...(isPresent(was) ? made : []));
  }

  const groupsBefore = new Map(current.groups.map((group) => [group.groupId, group]));
  const rostersBefore = new Map(current.rosters.map((roster) => [roster.groupId, roster]));
  for (const unit of groups) {
    const found = { group: groupsBefore.get(unit.group.groupId), roster: rostersBefore.get(unit.group.groupId) };
    const after = groupAfter(uai, unit, found);
    const isSame = (a: object, b: object | undefined) => b !== undefined && same({ ...a, entity: 0, rev: 0 }, { ...b, entity: 0, rev: 0 });
    if (isSame(after.group, found.group) && isSame(after.roster, found.roster)) continue;
    units.push(unit);
    const members = (roster: RosterItem | undefined) => unique(roster?.pupils.map(({ pupilId }) => pupilId) ?? []).sort();
    if (found.group && found.group.label === after.group.label && same(members(after.roster), members(found.roster))) continue;
    changes.push({
      kind: 'group',
      ...(found.group && { from: `${found.group.label} (${found.group.size})` }),
      to: `${after.group.label} (${after.group.size})`,
    });
  }

  const count = (kind: ImportChange['kind']) => changes.filter((change) => change.kind === kind).length;
  const pupilsBefore = current.people.filter((person) => person.door === 'pupil' && isPresent(person));
  return {
    changes,
    units,
    counts: {
      arrivals: count('arrival'),
      changes: count('change'),
      classMoves: count('class-move'),
      departures: count('departure'),
      linksMade: count('link-made'),
      linksLost: count('link-lost'),
      groups: count('group'),
    },
    leaving: { pupils: pupilsBefore.filter(({ personId }) => departing.has(personId)).length, of: pupilsBefore.length },
  };
}

const nameOf = ({ personId, door, familyName, givenName }: PersonItem) => ({ personId, door, familyName, givenName });
const byName = (a: PersonItem, b: PersonItem): number =>
  a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : a.personId < b.personId ? -1 : 1;

/** Whether the files of this import are the list that this person would have to be in. Guardians leave with their last tie. */
function leaves({ door, sources }: PersonItem, snapshot: Snapshot, { school }: Current): boolean {
  if (sources.manual) return false;
  if (door === 'pupil')
    return snapshot.sources.has('siecle-pupils') || (snapshot.sources.has('edt') && !school.sources.includes('siecle-pupils'));
  if (door === 'teacher') return sources.sts ? snapshot.sources.has('sts') : sources.edt !== undefined && snapshot.sources.has('edt');
  return false;
}

/** Files that say who is in a class: SIECLE's pupils, EDT. Structures and STS know the classes alone. */
function sourcesOfMembers({ sources }: Snapshot): PersonSource[] {
  return [...(sources.has('siecle-pupils') ? ['siecle' as const] : []), ...(sources.has('edt') ? ['edt' as const] : [])];
}

function groupsAfter(snapshot: Snapshot, current: Current, pupils: ReadonlyMap<PersonId, PersonItem>, today: LocalDate): GroupUnit[] {
  const listing = sourcesOfMembers(snapshot);
  const rosters = new Map(current.rosters.map((roster) => [roster.groupId, roster]));
  const before = new Map(current.groups.map((group) => [group.groupId, group]));
  const classLabels = classLabelsOf(snapshot.groups.values(), today);

  const line = (pupilId: PersonId, from?: LocalDate, until?: LocalDate): RosterPupil[] => {
    const pupil = pupils.get(pupilId);
    if (!pupil) return [];
    const { familyName, givenName, sex, regime } = pupil;
    const classLabel = classLabels.get(pupilId) ?? pupil.classLabel;
    return [
      {
        pupilId,
        familyName,
        givenName,
        ...(sex && { sex }),
        ...(regime && { regime }),
        ...(classLabel && { classLabel: classLabel.slice(0, 40) }),
        ...(from && { from }),
        ...(until && { until }),
      },
    ];
  };
  const sorted = (lines: RosterPupil[]) =>
    lines.sort((a, b) => {
      const left = `${sortKeyOf(a)} ${a.pupilId} ${a.from ?? ''}`;
      const right = `${sortKeyOf(b)} ${b.pupilId} ${b.from ?? ''}`;
      return left < right ? -1 : left > right ? 1 : 0;
    });
  const kept = (groupId: GroupId) => (rosters.get(groupId)?.pupils ?? []).flatMap(({ pupilId, from, until }) => line(pupilId, from, until));

  const units: GroupUnit[] = [];
  for (const wanted of snapshot.groups.values()) {
    const was = before.get(wanted.groupId);
    const lists = wanted.origins.some((origin) => listing.includes(origin));
    const { members: _, ...group } = wanted;
    units.push({
      unit: 'group',
      group: {
        ...group,
        classIds: wanted.classIds.length > 0 || !was ? [...wanted.classIds] : was.classIds,
        origins: unique([...(was?.origins ?? []), ...wanted.origins]).sort(),
      },
      pupils: sorted(lists ? wanted.members.flatMap(({ pupilId, from, until }) => line(pupilId, from, until)) : kept(wanted.groupId)),
    });
  }
  for (const was of current.groups) {
    if (snapshot.groups.has(was.groupId)) continue;
    // No file of this import could have listed it, unless they are all there.
    const gone = was.origins.length > 0 && was.origins.every((origin) => listing.some((source) => source === origin));
    const { uai: _, size: __, rev: ___, entity: ____, ...group } = was as GroupItem & { entity?: unknown };
    units.push({ unit: 'group', group, pupils: gone ? [] : sorted(kept(was.groupId)) });
  }
  return units.sort(({ group: a }, { group: b }) => (a.kind === b.kind ? (a.label < b.label ? -1 : 1) : a.kind < b.kind ? -1 : 1));
}

/** The class of a pupil today: the open one, else the next, else the last. */
function classLabelsOf(groups: Iterable<WantedGroup>, today: LocalDate): Map<PersonId, string> {
  const best = new Map<PersonId, { label: string; rank: string }>();
  for (const { kind, label, members } of groups) {
    if (kind !== 'class') continue;
    for (const { pupilId, from, until } of members) {
      const rank = rankOf(from, until, today);
      const known = best.get(pupilId);
      if (!known || rank < known.rank) best.set(pupilId, { label, rank });
    }
  }
  return new Map([...best].map(([pupilId, { label }]) => [pupilId, label]));
}

const rankOf = (from: LocalDate | undefined, until: LocalDate | undefined, today: LocalDate): string =>
  isOpen({ from, until }, today) ? '0' : from !== undefined && from > today ? `1 ${from}` : '2';

function membershipsOf(groups: readonly GroupUnit[]) {
  const of = new Map<PersonId, { groupId: GroupId; kind: string; label: string; rank: (today: LocalDate) => string }[]>();
  for (const { group, pupils } of groups)
    for (const { pupilId, from, until } of pupils) {
      const line = { groupId: group.groupId, kind: group.kind, label: group.label, rank: (today: LocalDate) => rankOf(from, until, today) };
      const lines = of.get(pupilId);
      if (lines) lines.push(line);
      else of.set(pupilId, [line]);
    }
  return (pupilId: PersonId, today: LocalDate): { groups?: GroupId[]; classLabel?: string } => {
    const lines = of.get(pupilId);
    if (!lines) return {};
    const [own] = lines.filter(({ kind }) => kind === 'class').sort((a, b) => (a.rank(today) <= b.rank(today) ? -1 : 1));
    return { groups: unique(lines.map(({ groupId }) => groupId)).sort(), ...(own && { classLabel: own.label }) };
  };
}

type WantedUnit = (personId: PersonId, door: PersonItem['door']) => PersonUnit;

function teacherUnits(
  snapshot: Snapshot,
  current: Current,
  groups: ReadonlyMap<GroupId, GroupUnit['group']>,
  wantedUnit: WantedUnit,
): PersonUnit[] {
  const teachers = new Map(current.people.filter(({ door }) => door === 'teacher').map((person) => [person.personId, person]));
  const ids = unique([
    ...[...snapshot.people.values()].filter(({ door }) => door === 'teacher').map(({ personId }) => personId),
    ...teachers.keys(),
  ]);
  const taughtBy = snapshot.sources.has('edt') || snapshot.sources.has('sts');
  // STS alone does not know the groups that only EDT has.
  const adds = !snapshot.sources.has('edt') && current.school.sources.includes('edt');
  return ids.sort().flatMap((personId): PersonUnit[] => {
    const was = teachers.get(personId);
    const unit = wantedUnit(personId, 'teacher');
    if (unit.departs) return [unit];
    if (!unit.described && !isPresent(was)) return [];
    const wanted = snapshot.teaches.get(personId);
    const kept = was?.groups ?? [];
    const ids = (taughtBy && unit.described ? (adds ? [...kept, ...(wanted ?? [])] : [...(wanted ?? [])]) : kept).filter((id) =>
      groups.has(id),
    );
    const taught = unique(ids)
      .map((groupId) => groups.get(groupId) as GroupUnit['group'])
      .sort((a, b) => (a.kind === b.kind ? (a.label < b.label ? -1 : 1) : a.kind < b.kind ? -1 : 1))
      .map(({ groupId, kind, label }) => ({ groupId, kind, label }));
    return [{ ...unit, groups: unique(ids).sort(), taught }];
  });
}

interface GuardianStep {
  readonly unit: PersonUnit;
  readonly was: PersonItem | undefined;
  readonly lost: ImportChange[];
  readonly made: ImportChange[];
}

function guardianUnits(
  snapshot: Snapshot,
  current: Current,
  pupils: ReadonlyMap<PersonId, PersonItem>,
  departing: ReadonlySet<PersonId>,
  before: ReadonlyMap<PersonId, PersonItem>,
  wantedUnit: WantedUnit,
  today: LocalDate,
): GuardianStep[] {
  const prevails = snapshot.sources.has('siecle-guardians');
  const edtCounts = !prevails && snapshot.sources.has('edt') && !current.school.sources.includes('siecle-guardians');
  const wantedLinks = new Map(snapshot.links.map((link) => [linkKey(link), link]));
  const linksBy = Map.groupBy(current.links, ({ guardianId }) => guardianId);
  const wantedBy = Map.groupBy(snapshot.links, ({ guardianId }) => guardianId);
  const returning = new Set(
    [...pupils.keys()].filter((pupilId) => before.get(pupilId)?.departedOn !== undefined && snapshot.people.has(pupilId)),
  );
  const ids = unique([
    ...wantedBy.keys(),
    ...current.people
      .filter(({ door, departedOn, personId }) => door === 'guardian' && (departedOn === undefined || linksBy.has(personId)))
      .map(({ personId }) => personId),
  ]);

  return ids.sort().flatMap((guardianId): GuardianStep[] => {
    const was = before.get(guardianId);
    const held = linksBy.get(guardianId) ?? [];
    const wanted = wantedBy.get(guardianId) ?? [];
    const names = was
      ? { familyName: was.familyName, givenName: was.givenName }
      : (snapshot.people.get(guardianId)?.described ?? { familyName: '?', givenName: '' });
    const about = (pupilId: PersonId) => {
      const pupil = pupils.get(pupilId) ?? before.get(pupilId);
      return {
        personId: guardianId,
        door: 'guardian' as const,
        familyName: names.familyName,
        givenName: names.givenName,
        pupilId,
        ...(pupil && { pupilName: `${pupil.familyName} ${pupil.givenName}`.trim() }),
      };
    };
    const isLive = (link: GuardianLink) => link.until === undefined || link.until >= today;
    const ends: PersonId[] = [];
    const reopens: PersonId[] = [];
    const lost: ImportChange[] = [];
    const made: ImportChange[] = [];
    const activated = was?.activatedAt !== undefined;

    for (const link of held) {
      const { pupilId, origin, level } = link;
      const next = wantedLinks.get(linkKey(link));
      if (departing.has(pupilId)) {
        if (isLive(link)) ends.push(pupilId);
      } else if (next) {
        if (isLive(link) && next.level > level)
          lost.push({ kind: 'link-lost', ...about(pupilId), reason: 'lowered', from: String(level), to: String(next.level), activated });
        else if (!isLive(link)) made.push({ kind: 'link-made', ...about(pupilId), to: String(next.level) });
      } else if (isLive(link) && pupils.has(pupilId)) {
        const answered = prevails ? origin !== 'manual' : edtCounts && origin === 'edt' && snapshot.people.has(pupilId);
        if (answered) {
          ends.push(pupilId);
          lost.push({
            kind: 'link-lost',
            ...about(pupilId),
            reason: prevails && origin === 'edt' ? 'siecle-prevails' : 'missing',
            from: String(level),
            activated,
          });
        }
      } else if (
        !prevails &&
        !edtCounts &&
        returning.has(pupilId) &&
        link.until === addDays(before.get(pupilId)?.departedOn as LocalDate, -1)
      ) {
        // Back, and no file of guardians beside: the ties that ended with the departure are as they were.
        reopens.push(pupilId);
      }
    }
    const heldKeys = new Set(held.map(linkKey));
    for (const link of wanted)
      if (!heldKeys.has(linkKey(link))) made.push({ kind: 'link-made', ...about(link.pupilId), to: String(link.level) });

    const ended = new Set(ends);
    const stays =
      wanted.length > 0 ||
      reopens.length > 0 ||
      held.some((link) => isLive(link) && !ended.has(link.pupilId)) ||
      was?.sources.manual !== undefined;
    if (!stays && !isPresent(was) && ends.length === 0) return [];
    const unit: PersonUnit = {
      ...wantedUnit(guardianId, 'guardian'),
      ...(!stays && { departs: true }),
      links: wanted,
      ...(ends.length > 0 && { ends }),
      ...(reopens.length > 0 && { reopens }),
      ties: unique([...held.map(({ pupilId }) => pupilId), ...wanted.map(({ pupilId }) => pupilId)]).sort(),
    };
    return [{ unit, was, lost, made }];
  });
}

const linkIndex = new WeakMap<readonly GuardianLink[], Map<PersonId, GuardianLink[]>>();
/** The ties of a unit's person among all of a school's. */
function linksOfUnit(unit: PersonUnit, links: readonly GuardianLink[]): Map<PersonId, GuardianLink> {
  if (!unit.ties) return new Map();
  let index = linkIndex.get(links);
  if (!index) {
    index = Map.groupBy(links, ({ guardianId }) => guardianId);
    linkIndex.set(links, index);
  }
  return new Map((index.get(unit.personId) ?? []).map((link) => [link.pupilId, link]));
}
