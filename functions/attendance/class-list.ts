import type { LessonCard, PupilName } from '../../shared/attendance/routes.ts';
import type { Person, RosterPupil } from '../../shared/directory/person.ts';
import { classLists, people, rosters } from '../../shared/directory/questions.ts';
import { inFrench, type LocalDate, missing } from '../../shared/kernel/index.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import type { ApiPorts } from './manifest.ts';

type Asking = Pick<ApiPorts, 'ask'>;

export const chunks = <T>(items: Iterable<T>, size: number): T[][] => {
  const all = [...new Set(items)];
  const found: T[][] = [];
  for (let from = 0; from < all.length; from += size) found.push(all.slice(from, from + size));
  return found;
};

/** Pupils of classes and groups on a day, each once. */
export const pupilsOf = async (
  uai: string,
  groupIds: readonly string[],
  on: LocalDate,
  { ask }: Asking,
): Promise<Map<string, RosterPupil>> => {
  const answered = await Promise.all(chunks(groupIds, 40).map((some) => ask(rosters, { uai, groupIds: some, on })));
  return new Map(answered.flat().flatMap(({ pupils }) => pupils.map((pupil) => [pupil.pupilId, pupil])));
};

interface SchoolList {
  readonly kind: 'class' | 'group';
  readonly label: string;
  readonly pupils: readonly RosterPupil[];
}

/** Every class and group list of a school, by group, memberships that ended or are to come included. */
export const schoolLists = async (uai: string, { ask }: Asking): Promise<Map<string, SchoolList>> => {
  const found = new Map<string, SchoolList>();
  let cursor: string | undefined;
  do {
    const page = await ask(classLists, { uai, ...(cursor !== undefined && { cursor }) });
    for (const { groupId, kind, label, pupils } of page.lists) found.set(groupId, { kind, label, pupils });
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
};

export const peopleById = async (uai: string, personIds: Iterable<string>, { ask }: Asking): Promise<Map<string, Person>> => {
  const answered = await Promise.all(chunks(personIds, 200).map((some) => ask(people, { uai, personIds: some })));
  return new Map(answered.flat().map((person) => [person.personId, person]));
};

export const isPupilOn = (person: Person | undefined, date: LocalDate): person is Person =>
  person?.door === 'pupil' && (person.departedOn === undefined || date < person.departedOn);

/** A pupil of the school with the class they are in; someone who is not one is missing. */
export const pupilAt = async (
  uai: string,
  pupilId: string,
  on: LocalDate,
  asking: Asking,
): Promise<{ person: Person; classLabel: string | undefined }> => {
  const person = (await peopleById(uai, [pupilId], asking)).get(pupilId);
  if (!isPupilOn(person, on)) throw missing();
  return {
    person,
    classLabel: person.groups.length > 0 ? (await pupilsOf(uai, person.groups, on, asking)).get(pupilId)?.classLabel : undefined,
  };
};

/** A pupil as lists show them; one whose record is gone keeps an empty name. */
export const named = (
  pupilId: string,
  record: Pick<Person, 'familyName' | 'givenName' | 'sex'> | undefined,
  classLabel: string | undefined,
): PupilName => ({
  pupilId,
  familyName: record?.familyName ?? '',
  givenName: record?.givenName ?? '',
  ...(record?.sex && { sex: record.sex }),
  ...(classLabel !== undefined && { classLabel }),
});

export const byName = (a: Pick<PupilName, 'familyName' | 'givenName'>, b: Pick<PupilName, 'familyName' | 'givenName'>): number =>
  inFrench(a.familyName, b.familyName) || inFrench(a.givenName, b.givenName);

export const cardOf = ({
  lessonId,
  startMinute,
  endMinute,
  subject,
  groupIds,
  groupLabels,
  rooms,
  unscheduled,
  notHeld,
}: Lesson): LessonCard => ({
  lessonId,
  startMinute,
  endMinute,
  subject: subject.label,
  groupIds,
  groupLabels,
  rooms,
  unscheduled,
  ...(notHeld && { notHeld: notHeld.reason }),
});
