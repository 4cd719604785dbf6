import { academyOf } from '../../../shared/directory/academies.ts';
import { SELF } from '../../../shared/directory/entitled.ts';
import { sortKeyOf } from '../../../shared/directory/name-folding.ts';
import type {
  CourseRecord,
  GuardianLinkRecord,
  GuardianRecord,
  PupilRecord,
  SchoolFileFormat,
  SchoolFileRecord,
  ServiceRecord,
  TeacherRecord,
  TimetableHeader,
} from '../../../shared/directory/school-file.ts';
import type {
  Snapshot,
  SnapshotAnomaly,
  SourceName,
  WantedCourse,
  WantedGroup,
  WantedLink,
  WantedPerson,
} from '../../../shared/directory/snapshot.ts';
import type { PersonItem } from '../../../shared/directory/table.ts';
import { daysBetween, type GroupId, type Ids, type LocalDate, type PersonId, type Uai } from '../../../shared/kernel/index.ts';
import { described, describedGuardian, describedTeacher, own } from './describe.ts';

/** What the directory already knows: whom files may mean, and which sources it has seen. */
export interface Known {
  readonly people: readonly Pick<PersonItem, 'personId' | 'door' | 'sources' | 'departedOn' | 'sortKey' | 'birthDate' | 'email'>[];
  readonly sources: readonly SourceName[];
}

type Origin = 'siecle' | 'sts' | 'edt';
type Anomalies = { -readonly [K in keyof SnapshotAnomaly]: SnapshotAnomaly[K] }[];

interface GroupDraft {
  readonly groupId: GroupId;
  readonly kind: 'class' | 'group';
  readonly code: string;
  label?: string;
  readonly classCodes: Set<string>;
  readonly origins: Set<Origin>;
  readonly members: Map<string, { pupilId: PersonId; from?: LocalDate; until?: LocalDate; origin: Origin }>;
}

const TEACHES = new Set(['ENS', 'DOC']);
const SOURCE_OF: Partial<Record<SchoolFileFormat, SourceName>> = {
  'siecle-pupils': 'siecle-pupils',
  'siecle-guardians': 'siecle-guardians',
  sts: 'sts',
  edt: 'edt',
};
const originOf = (format: SchoolFileFormat): Origin => (format === 'sts' || format === 'edt' ? format : 'siecle');

interface Filed<R> {
  readonly record: R;
  readonly file: string;
}

/**
 * Takes the records of all files of one import, in any order, and says together whom the school should have. Who is who:
 * (UAI, ELEVE_ID) → INE for pupils, PERSONNE_ID for guardians, STS id for teachers; a name never joins two pupils or two parents.
 */
export class FileMerge {
  readonly #uai: Uai;
  readonly #ids: Pick<Ids, 'natural'>;
  readonly #today: LocalDate;
  readonly #years = new Set<number>();
  readonly #formats = new Map<string, SchoolFileFormat[]>();
  readonly #sources = new Set<SourceName>();
  readonly #pupils: Record<'siecle' | 'edt', Filed<PupilRecord>[]> = { siecle: [], edt: [] };
  readonly #guardians: Record<'siecle' | 'edt', Filed<GuardianRecord>[]> = { siecle: [], edt: [] };
  readonly #links: Record<'siecle' | 'edt', Filed<GuardianLinkRecord>[]> = { siecle: [], edt: [] };
  readonly #teachers: Record<'sts' | 'edt', Filed<TeacherRecord>[]> = { sts: [], edt: [] };
  readonly #services: ServiceRecord[] = [];
  readonly #courses: CourseRecord[] = [];
  readonly #subjects = new Map<string, string>();
  readonly #groups = new Map<string, GroupDraft>();
  #header: TimetableHeader | undefined;
  #academy: string | undefined;
  #file = '';
  #format: SchoolFileFormat = 'siecle-pupils';

  constructor(uai: Uai, ids: Pick<Ids, 'natural'>, today: LocalDate) {
    this.#uai = uai;
    this.#ids = ids;
    this.#today = today;
  }

  /** Formats found in each uploaded file. */
  get formats(): ReadonlyMap<string, readonly SchoolFileFormat[]> {
    return this.#formats;
  }

  get years(): readonly number[] {
    return [...this.#years].sort();
  }

  take(record: SchoolFileRecord, upload: string): void {
    switch (record.type) {
      case 'header': {
        this.#file = record.file;
        this.#format = record.format;
        if (record.year !== undefined) this.#years.add(record.year);
        this.#formats.set(upload, [...new Set([...(this.#formats.get(upload) ?? []), record.format])]);
        const source = SOURCE_OF[record.format];
        if (source) this.#sources.add(source);
        break;
      }
      case 'school':
        this.#academy ??= academyOf(record.academy);
        break;
      case 'pupil':
        this.#pupils[this.#format === 'edt' ? 'edt' : 'siecle'].push({ record, file: this.#file });
        break;
      case 'guardian':
        this.#guardians[this.#format === 'edt' ? 'edt' : 'siecle'].push({ record, file: this.#file });
        break;
      case 'link':
        this.#links[this.#format === 'edt' ? 'edt' : 'siecle'].push({ record, file: this.#file });
        break;
      case 'teacher':
        this.#teachers[this.#format === 'edt' ? 'edt' : 'sts'].push({ record, file: this.#file });
        break;
      case 'group': {
        const draft = this.#group(record.kind, record.code, originOf(this.#format));
        if (record.label !== undefined && draft.label === undefined) draft.label = record.label;
        for (const code of record.classCodes) draft.classCodes.add(code);
        break;
      }
      case 'subject':
        if (this.#format === 'edt') this.#subjects.set(record.sourceId, record.label);
        break;
      case 'service':
        this.#services.push(record);
        break;
      case 'timetable':
        this.#header = record;
        break;
      case 'course':
        this.#courses.push(record);
        break;
      default:
        // Addresses, options and MEF codes are not kept yet; anomalies are the inspection's.
        break;
    }
  }

  finish(known: Known): Snapshot {
    const anomalies: Anomalies = [];
    const people = new Map<PersonId, WantedPerson>();
    const idOfPupil = this.#mergePupils(known, people, anomalies);
    const links = this.#mergeGuardians(known, people, idOfPupil, anomalies);
    const idOfTeacher = this.#mergeTeachers(known, people, anomalies);
    const groups = new Map<GroupId, WantedGroup>();
    for (const draft of this.#groups.values()) {
      groups.set(draft.groupId, {
        groupId: draft.groupId,
        kind: draft.kind,
        code: draft.code.slice(0, 40),
        label: (draft.label ?? draft.code).slice(0, 80),
        classIds: [...draft.classCodes].map((code) => this.#groupId('class', code)).sort(),
        origins: [...draft.origins].sort(),
        members: [...draft.members.values()].map(({ origin: _, ...member }) => member),
      });
    }
    const { courses, teaches } = this.#mergeCourses(idOfTeacher);
    return {
      uai: this.#uai,
      year: this.years.at(-1),
      sources: this.#sources,
      academy: this.#academy,
      people,
      links,
      groups,
      teaches,
      calendar: this.#header && { firstMonday: this.#header.firstMonday, from: this.#header.yearFrom, until: this.#header.yearUntil },
      courses,
      anomalies,
    };
  }

  #groupId(kind: string, code: string): GroupId {
    return this.#ids.natural('g', this.#uai, kind, code);
  }

  #group(kind: 'class' | 'group' | 'part', code: string, origin: Origin): GroupDraft {
    const key = `${kind} ${code}`;
    let draft = this.#groups.get(key);
    if (!draft) {
      draft = {
        groupId: this.#groupId(kind, code),
        kind: kind === 'class' ? 'class' : 'group',
        code,
        classCodes: new Set(),
        origins: new Set(),
        members: new Map(),
      };
      this.#groups.set(key, draft);
    }
    draft.origins.add(origin);
    return draft;
  }

  /** Source ids (`siecle:10001`, `edt:PN:…`) to our ids, for the links. */
  #mergePupils(known: Known, people: Map<PersonId, WantedPerson>, anomalies: Anomalies): Map<string, PersonId> {
    const before = known.people.filter(({ door }) => door === 'pupil');
    const bySource = new Map<string, PersonId>();
    for (const { personId, sources } of before) {
      if (sources.sconet) bySource.set(`siecle:${sources.sconet}`, personId);
      if (sources.edt) bySource.set(`edt:${sources.edt}`, personId);
    }
    // SIECLE's own word on an ELEVE_ID prevails over EDT's copy of it.
    for (const { personId, sources } of before) if (sources.siecle) bySource.set(`siecle:${sources.siecle}`, personId);
    const byIne = new Map(before.flatMap(({ personId, sources }) => (sources.ine ? [[sources.ine, personId] as const] : [])));
    const ineOf = new Map(before.flatMap(({ personId, sources }) => (sources.ine ? [[personId, sources.ine] as const] : [])));
    const beforeIds = new Set(before.map(({ personId }) => personId));
    const idOf = new Map<string, PersonId>();

    for (const origin of ['siecle', 'edt'] as const) {
      const taken = new Set<PersonId>();
      const inFile = new Map<string, number>();
      for (const { record } of this.#pupils[origin]) if (record.ine) inFile.set(record.ine, (inFile.get(record.ine) ?? 0) + 1);
      for (const { record, file } of this.#pupils[origin]) {
        const key = sourceKey(origin, record.sourceId);
        if (record.exitDate !== undefined && record.exitDate <= this.#today) continue;
        // Two pupils of one file stay two, whatever INE they share.
        const ine = record.ine !== undefined && inFile.get(record.ine) === 1 ? record.ine : undefined;
        const free = (id: PersonId | undefined) => (id === undefined || taken.has(id) ? undefined : id);
        const bySourceId = free(bySource.get(key));
        let personId = bySourceId ?? (ine === undefined ? undefined : free(byIne.get(ine)));
        if (bySourceId && ine && ineOf.has(bySourceId) && ineOf.get(bySourceId) !== ine)
          anomalies.push({ code: 'pupil-ine-differs', file, line: record.line, subject: record.sourceId });
        if (personId === undefined) {
          personId = this.#ids.natural('p', this.#uai, 'pupil', record.sourceId);
          // The number once was another pupil's: SIECLE has given it again.
          if (beforeIds.has(personId) || taken.has(personId) || people.has(personId))
            personId = this.#ids.natural('p', this.#uai, 'pupil', record.sourceId, record.ine ?? sortKeyOf(record), record.birthDate ?? '');
        }
        taken.add(personId);
        bySource.set(key, personId);
        if (ine) byIne.set(ine, personId);
        idOf.set(key, personId);
        const same = people.get(personId);
        const sources = { ...own({ ine: record.ine }), ...idSources(origin, record.sourceId, record.pronoteId) };
        people.set(personId, {
          personId,
          door: 'pupil',
          described: same ? { ...described(record, origin), ...same.described } : described(record, origin),
          by: same ? same.by : origin,
          sources: { ...sources, ...same?.sources },
        });
        this.#join(personId, record, origin);
      }
    }
    this.#proposeSame(before, people, anomalies);
    return idOf;
  }

  /** A class of SIECLE prevails over EDT's, except days that EDT says are over; groups are both files'. */
  #join(pupilId: PersonId, record: PupilRecord, origin: 'siecle' | 'edt'): void {
    for (const { kind, code, from, until } of record.memberships) {
      if (origin === 'edt' && kind === 'class' && this.#sources.has('siecle-pupils')) {
        const members = this.#groups.get(`class ${code}`)?.members;
        const ofSiecle = [...(members?.values() ?? [])].some((member) => member.pupilId === pupilId && member.origin === 'siecle');
        if (!ofSiecle && (until === undefined || until >= this.#today)) continue;
      }
      const draft = this.#group(kind, code, origin);
      const undated = `${pupilId}  `;
      const key = `${pupilId} ${from ?? ''} ${until ?? ''}`;
      // A dated line says more than an undated one of the same group.
      if (key !== undated) draft.members.delete(undated);
      else if ([...draft.members.values()].some((member) => member.pupilId === pupilId)) continue;
      draft.members.set(key, { pupilId, ...own({ from, until }), origin });
    }
  }

  /** A newcomer who looks like someone known whom no file names any more: said, never done. */
  #proposeSame(before: Known['people'], people: ReadonlyMap<PersonId, WantedPerson>, anomalies: Anomalies): void {
    const missing = new Set(
      before
        .filter(({ personId, birthDate }) => birthDate && !people.has(personId))
        .map(({ sortKey, birthDate }) => `${sortKey} ${birthDate}`),
    );
    if (missing.size === 0) return;
    const beforeIds = new Set(before.map(({ personId }) => personId));
    for (const origin of ['siecle', 'edt'] as const) {
      for (const { record, file } of this.#pupils[origin]) {
        const names = { familyName: record.usageName ?? record.familyName, givenName: record.givenName };
        if (!missing.has(`${sortKeyOf(names)} ${record.birthDate}`)) continue;
        const found = [...people.values()].find(
          ({ personId, sources }) => !beforeIds.has(personId) && (sources.siecle === record.sourceId || sources.edt === record.sourceId),
        );
        if (found) anomalies.push({ code: 'pupil-maybe-known', file, line: record.line, subject: record.sourceId });
      }
    }
  }

  #mergeGuardians(
    known: Known,
    people: Map<PersonId, WantedPerson>,
    idOfPupil: ReadonlyMap<string, PersonId>,
    anomalies: Anomalies,
  ): WantedLink[] {
    const siecleKnown = this.#sources.has('siecle-guardians') || known.sources.includes('siecle-guardians');
    const origin = this.#sources.has('siecle-guardians') ? 'siecle' : 'edt';
    if (siecleKnown && this.#guardians.edt.length > 0)
      anomalies.push({
        code: 'edt-guardians-left-aside',
        file: this.#guardians.edt[0]?.file ?? '',
        subject: String(this.#guardians.edt.length),
      });
    if (siecleKnown && origin === 'edt') return [];

    // Without a pupils' file in this import, the links are to the pupils already here.
    const pupils = new Map(idOfPupil);
    if (!this.#sources.has('siecle-pupils'))
      for (const { personId, door, sources, departedOn } of known.people)
        if (door === 'pupil' && departedOn === undefined) {
          const id = sources.siecle ?? sources.sconet;
          if (id && !pupils.has(`siecle:${id}`)) pupils.set(`siecle:${id}`, personId);
        }

    const linksOf = new Map<string, GuardianLinkRecord[]>();
    for (const { record } of this.#links[origin])
      linksOf.set(record.guardianSourceId, [...(linksOf.get(record.guardianSourceId) ?? []), record]);
    const guardianIds = new Map(
      known.people.flatMap(({ personId, door, sources }) =>
        door === 'guardian' && sources[origin] ? [[sources[origin] as string, personId] as const] : [],
      ),
    );
    const pupilEmails = new Set([
      ...[...people.values()].flatMap(({ described: { email } }) => (email ? [email.toLowerCase()] : [])),
      ...known.people.flatMap(({ personId, door, email }) =>
        door === 'pupil' && email && !people.has(personId) ? [email.toLowerCase()] : [],
      ),
    ]);
    const links: WantedLink[] = [];
    let withoutPupil = 0;
    for (const { record, file } of this.#guardians[origin]) {
      const ties = (linksOf.get(record.sourceId) ?? []).flatMap((link) => {
        const pupilId = pupils.get(sourceKey(origin, link.pupilSourceId));
        return pupilId === undefined ? [] : [{ link, pupilId }];
      });
      for (const { pupilId, link } of ties)
        if (link.kinship === SELF) lendAddress(people, pupilId, describedGuardian(record, origin, record.email));
      const others = ties.filter(({ link }) => link.kinship !== SELF);
      if (ties.length === 0) withoutPupil += 1;
      if (others.length === 0) continue;
      const personId = guardianIds.get(record.sourceId) ?? this.#ids.natural('p', this.#uai, 'guardian', record.sourceId);
      const ofPupil = record.email !== undefined && pupilEmails.has(record.email.toLowerCase());
      if (ofPupil) anomalies.push({ code: 'email-of-pupil', file, line: record.line, subject: record.sourceId });
      people.set(personId, {
        personId,
        door: 'guardian',
        described: describedGuardian(record, origin, ofPupil ? undefined : record.email),
        by: origin,
        sources: origin === 'siecle' ? { siecle: record.sourceId } : { edt: record.sourceId },
      });
      for (const { link, pupilId } of others)
        links.push({
          pupilId,
          guardianId: personId,
          level: link.level,
          contactFirst: link.contactFirst ?? link.rank === 1,
          householdId: (record.addressId ?? record.sourceId).slice(0, 64),
          origin,
          ...own({ kinship: link.kinship?.slice(0, 4) }),
        });
    }
    if (withoutPupil > 0)
      anomalies.push({ code: 'guardian-without-pupil', file: this.#guardians[origin][0]?.file ?? '', subject: String(withoutPupil) });
    const guarded = new Set(links.map(({ pupilId }) => pupilId));
    if (origin === 'siecle')
      for (const { record, file } of this.#pupils.siecle) {
        const pupilId = idOfPupil.get(sourceKey('siecle', record.sourceId));
        if (pupilId !== undefined && !guarded.has(pupilId))
          anomalies.push({ code: 'pupil-without-guardian', file, line: record.line, subject: record.sourceId });
      }
    return links;
  }

  #mergeTeachers(known: Known, people: Map<PersonId, WantedPerson>, anomalies: Anomalies): Map<string, PersonId> {
    const before = known.people.filter(({ door }) => door === 'teacher');
    const idOf = new Map<string, PersonId>();
    const byKey = new Map<string, PersonId>();
    for (const { personId, sources } of before) {
      if (sources.sts) byKey.set(`sts:${sources.sts}`, personId);
      if (sources.stsId) byKey.set(`id:${sources.stsId}`, personId);
      if (sources.edt) byKey.set(`edt:${sources.edt}`, personId);
    }
    const atWork = new Set(this.#services.flatMap(({ teacherIds }) => teacherIds));
    // Direction and school life come by invitation: a file gives nobody their rights.
    const teaching = this.#teachers.sts.filter(
      ({ record: { functionCode, sourceId } }) => functionCode === undefined || TEACHES.has(functionCode) || atWork.has(sourceId),
    );
    for (const { record } of teaching) {
      const personId =
        byKey.get(`sts:${record.sourceId}`) ??
        (record.stsId === undefined || record.stsType === 'local' ? undefined : byKey.get(`id:${record.stsId}`)) ??
        this.#ids.natural('p', this.#uai, 'teacher', record.sourceId);
      idOf.set(record.sourceId, personId);
      people.set(personId, {
        personId,
        door: 'teacher',
        described: describedTeacher(record),
        by: 'sts',
        sources: { sts: record.sourceId, ...own({ stsId: record.stsId }) },
      });
      if (record.stsId !== undefined) byKey.set(`id:${record.stsId}`, personId);
    }
    const named = uniqueBy([
      ...before.filter(({ departedOn }) => departedOn === undefined).map(({ sortKey, personId }) => [sortKey, personId] as const),
      ...teaching.map(({ record }) => [sortKeyOf(inUse(record)), idOf.get(record.sourceId) as PersonId] as const),
    ]);
    const namedInEdt = uniqueBy(this.#teachers.edt.map(({ record }) => [sortKeyOf(inUse(record)), record.sourceId] as const));
    for (const { record, file } of this.#teachers.edt) {
      const name = sortKeyOf(inUse(record));
      let personId = byKey.get(`edt:${record.sourceId}`) ?? (record.stsId === undefined ? undefined : byKey.get(`id:${record.stsId}`));
      if (personId === undefined && record.stsId === undefined && namedInEdt.has(name) && named.has(name)) {
        personId = named.get(name) as PersonId;
        anomalies.push({ code: 'teacher-joined-by-name', file, line: record.line, subject: record.sourceId });
      }
      personId ??= this.#ids.natural('p', this.#uai, 'teacher', record.sourceId);
      idOf.set(record.sourceId, personId);
      const same = people.get(personId);
      people.set(personId, {
        personId,
        door: 'teacher',
        described: { ...describedTeacher(record), ...same?.described },
        by: same?.by ?? 'edt',
        sources: { edt: record.sourceId, ...own({ stsId: record.stsId }), ...same?.sources },
      });
    }
    return idOf;
  }

  #mergeCourses(idOfTeacher: ReadonlyMap<string, PersonId>): Pick<Snapshot, 'courses' | 'teaches'> {
    const teaches = new Map<PersonId, Set<GroupId>>();
    const teach = (teacher: string, group: GroupId | undefined) => {
      const personId = idOfTeacher.get(teacher);
      if (personId === undefined || group === undefined) return;
      const groups = teaches.get(personId);
      if (groups) groups.add(group);
      else teaches.set(personId, new Set([group]));
    };
    const find = (kinds: readonly string[], code: string) =>
      kinds.map((kind) => this.#groups.get(`${kind} ${code}`)).find((draft) => draft !== undefined);
    for (const { groupKind, groupCode, teacherIds } of this.#services)
      for (const teacher of teacherIds) teach(teacher, find([groupKind], groupCode)?.groupId);

    const firstMonday = this.#header?.firstMonday;
    const courses: WantedCourse[] = [];
    for (const course of this.#courses) {
      const drafts = [
        ...course.classCodes.map((code) => find(['class'], code)),
        ...course.groupCodes.map((code) => find(['group', 'part'], code)),
      ].filter((draft) => draft !== undefined);
      for (const teacher of course.teacherIds) for (const { groupId } of drafts) teach(teacher, groupId);
      if (firstMonday === undefined || course.weeks.length === 0) continue;
      courses.push({
        weekday: course.weekday,
        startMinute: course.startMinute,
        minutes: course.minutes,
        weeks: maskOf(course.weeks, firstMonday),
        subject: {
          code: (course.subjectId ?? '').slice(0, 40),
          label: (this.#subjects.get(course.subjectId ?? '') ?? course.subjectId ?? '').slice(0, 120),
        },
        teacherIds: course.teacherIds.flatMap((id) => idOfTeacher.get(id) ?? []),
        groupIds: drafts.map(({ groupId }) => groupId),
        groupLabels: drafts.map(({ label, code }) => (label ?? code).slice(0, 80)),
        rooms: course.rooms,
      });
    }
    return { courses, teaches };
  }
}

/** Bit i = week i, bit 1 = the week of the first Monday: decimal, since 64 bits do not fit a JSON number. */
const maskOf = (mondays: readonly LocalDate[], firstMonday: LocalDate): string =>
  mondays
    .map((monday) => Math.round(daysBetween(firstMonday, monday) / 7) + 1)
    .filter((week) => week >= 1 && week <= 63)
    .reduce((mask, week) => mask | (1n << BigInt(week)), 0n)
    .toString();

/** EDT names a pupil by ELEVE_ID when it knows it, else by an id of its own. */
const isEdtId = (id: string): boolean => id.startsWith('PN:') || id.startsWith('EDT:');
const sourceKey = (origin: 'siecle' | 'edt', id: string): string => (origin === 'edt' && isEdtId(id) ? `edt:${id}` : `siecle:${id}`);
const idSources = (origin: 'siecle' | 'edt', id: string, pronoteId: string | undefined): Record<string, string> => {
  if (origin === 'siecle') return { siecle: id };
  if (isEdtId(id)) return { edt: id };
  return { sconet: id, ...(pronoteId === undefined ? {} : { edt: `PN:${pronoteId}`.slice(0, 64) }) };
};

const inUse = ({ usageName, familyName, givenName }: { usageName?: string | undefined; familyName: string; givenName: string }) => ({
  familyName: usageName ?? familyName,
  givenName,
});

/** Only what occurs once: a homonym joins nobody. */
const uniqueBy = <V>(pairs: readonly (readonly [string, V])[]): ReadonlyMap<string, V> => {
  const seen = new Map<string, Set<V>>();
  for (const [key, value] of pairs) seen.set(key, (seen.get(key) ?? new Set()).add(value));
  return new Map([...seen].flatMap(([key, values]) => (values.size === 1 ? [[key, [...values][0] as V] as const] : [])));
};

/** CODE_PARENTE 70: the pupil's own way to be reached, kept where the pupils' file has none. */
const lendAddress = (people: Map<PersonId, WantedPerson>, pupilId: PersonId, { email, phones }: WantedPerson['described']): void => {
  const pupil = people.get(pupilId);
  if (!pupil) return;
  people.set(pupilId, {
    ...pupil,
    described: {
      ...pupil.described,
      ...(!pupil.described.email && email ? { email } : {}),
      ...(!pupil.described.phones?.length && phones?.length ? { phones } : {}),
    },
  });
};
