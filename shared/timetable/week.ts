import * as z from 'zod';
import { RosterPupil } from '../directory/person.ts';
import { GroupId, inFrench, isOpen, type LocalDate, MinuteOfDay, type PersonId, Uai } from '../kernel/index.ts';
import { Course, type TaughtCourse } from './course.ts';
import { LessonTeacher, Subject } from './lesson.ts';
import { countRuns, runsOf } from './runs.ts';

/** One line of a class list, with every class and group the pupil is in: where else they may have a lesson. */
export const ListPupil = RosterPupil.extend({ groups: z.array(GroupId).default([]) });
export type ListPupil = z.infer<typeof ListPupil>;

/** A class or group list as the last applied import left it. The directory's is the truth; this one lies beside the lessons it is read with. */
export const ClassList = z.object({ uai: Uai, groupId: GroupId, label: z.string().max(80), pupils: z.array(ListPupil) });
export type ClassList = z.infer<typeof ClassList>;

/** Place of a word in its list. */
const place = z.int().min(0);

/**
 * The courses of one owner, in one item: of a pupil, a teacher or a group the whole week, of the school one weekday (`all-2`).
 * Words are kept once and courses point at them, so that a large school's day is a tenth of what it would be spelled out.
 */
export const Week = z.object({
  uai: Uai,
  owner: z.string().min(3).max(70),
  /** Whose week it is, when a pupil’s. */
  pupil: ListPupil.omit({ from: true, until: true }).optional(),
  subjects: z.array(Subject),
  teachers: z.array(LessonTeacher),
  groups: z.array(
    z.object({
      groupId: GroupId,
      label: z.string(),
      /** Its pupils, by their number in the school’s order: how many a slot expects is counted without a list. */
      members: z.string().optional(),
      /** Days of the pupil’s membership, where it is dated. */
      from: RosterPupil.shape.from,
      until: RosterPupil.shape.until,
    }),
  ),
  masks: z.array(Course.shape.weeks),
  rooms: z.array(z.string()),
  /** Weekday, start, minutes, mask, subject, teachers, groups, rooms. */
  courses: z.array(
    z.tuple([Course.shape.weekday, MinuteOfDay, Course.shape.minutes, place, place, z.array(place), z.array(place), z.array(place)]),
  ),
});
export type Week = z.infer<typeof Week>;

/** The owner under which a school’s weekday lies. */
export const weekdayOwner = (weekday: number): string => `all-${weekday}`;

/** What a week says of the people and groups in its courses. */
export interface Words {
  teacher(personId: PersonId): LessonTeacher;
  group(groupId: GroupId): Omit<Week['groups'][number], 'groupId' | 'label'>;
}

/** Each value once, in the order it was first met. */
class Places<T> {
  readonly values: T[] = [];
  readonly #places = new Map<string, number>();
  of(value: T, key = String(value)): number {
    const known = this.#places.get(key) ?? this.values.push(value) - 1;
    this.#places.set(key, known);
    return known;
  }
}

/** By time, and at one time by all that a course is. */
const inOrder = (courses: readonly Course[]): Course[] =>
  courses
    .map((course) => ({ course, said: JSON.stringify(course) }))
    .sort(
      (a, b) =>
        a.course.weekday - b.course.weekday ||
        a.course.startMinute - b.course.startMinute ||
        (a.said < b.said ? -1 : a.said > b.said ? 1 : 0),
    )
    .map(({ course }) => course);

/** The same courses in any order give the same week. */
export function foldWeek(of: Pick<Week, 'uai' | 'owner' | 'pupil'>, courses: readonly Course[], words: Words): Week {
  const subjects = new Places<Course['subject']>();
  const teachers = new Places<LessonTeacher>();
  const groups = new Places<Week['groups'][number]>();
  const masks = new Places<string>();
  const rooms = new Places<string>();
  const folded = inOrder(courses).map((course): Week['courses'][number] => [
    course.weekday,
    course.startMinute,
    course.minutes,
    masks.of(course.weeks),
    subjects.of(course.subject, JSON.stringify([course.subject.code, course.subject.label])),
    course.teacherIds.map((personId) => teachers.of(words.teacher(personId), personId)),
    course.groupIds.map((groupId, at) => {
      const label = course.groupLabels[at] ?? '';
      return groups.of({ groupId, label, ...words.group(groupId) }, `${groupId} ${label}`);
    }),
    course.rooms.map((room) => rooms.of(room)),
  ]);
  return {
    ...of,
    subjects: subjects.values,
    teachers: teachers.values,
    groups: groups.values,
    masks: masks.values,
    rooms: rooms.values,
    courses: folded,
  };
}

const at = <T>(values: readonly T[], index: number): T => {
  const value = values[index];
  if (value === undefined) throw new RangeError('a week points at a word it does not have');
  return value;
};

/** The courses of a week; of a pupil’s, those of the groups they are in on that day. */
export function unfoldWeek({ uai, subjects, teachers, groups, masks, rooms, courses }: Week, on?: LocalDate): TaughtCourse[] {
  return courses
    .filter(([, , , , , , inGroups]) => on === undefined || inGroups.some((group) => isOpen(at(groups, group), on)))
    .map(([weekday, startMinute, minutes, mask, subject, by, inGroups, where]) => {
      const taughtTo = inGroups.map((group) => at(groups, group));
      const taughtBy = by.map((teacher) => at(teachers, teacher));
      return {
        uai,
        weekday,
        startMinute,
        minutes,
        weeks: at(masks, mask),
        subject: at(subjects, subject),
        teacherIds: taughtBy.map(({ personId }) => personId),
        groupIds: taughtTo.map(({ groupId }) => groupId),
        groupLabels: taughtTo.map(({ label }) => label),
        rooms: where.map((room) => at(rooms, room)),
        teachers: taughtBy,
        members: taughtTo.flatMap(({ members }) => members ?? []),
      };
    });
}

/** Every pupil’s number: classes one after the other, so that a class is one run and a group few. */
export function membersOf(lists: readonly Pick<ClassList, 'groupId' | 'pupils'>[]): ReadonlyMap<GroupId, string> {
  const classOf = new Map<PersonId, string>();
  for (const { pupils } of lists) for (const { pupilId, classLabel = '' } of pupils) classOf.set(pupilId, classLabel);
  const order = [...classOf].sort(([a, one], [b, other]) => inFrench(one, other) || (a < b ? -1 : 1));
  const numberOf = new Map(order.map(([pupilId], number) => [pupilId, number]));
  return new Map(lists.map(({ groupId, pupils }) => [groupId, runsOf(pupils.flatMap(({ pupilId }) => numberOf.get(pupilId) ?? []))]));
}

/** Pupils of lessons at one time, each once. */
export const expectedIn = (lessons: readonly { readonly members?: readonly string[] | undefined }[]): number =>
  countRuns(lessons.flatMap(({ members = [] }) => members));
