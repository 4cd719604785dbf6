import type { RosterPupil } from '../directory/person.ts';
import { isOpen, type LocalDate } from '../kernel/index.ts';
import type { Mark } from './episode.ts';
import type { RollCall } from './table.ts';

type Called = Pick<RollCall, 'lessonId' | 'state' | 'pupilIds' | 'marks'>;
interface Taught {
  readonly lessonId: string;
  readonly groupIds: readonly string[];
  readonly notHeld?: unknown;
}

/** What the register says of a pupil in a lesson of theirs: `open` nobody says anything of yet. */
interface Entry {
  readonly is: Mark['state'] | 'open';
  readonly minutes?: number | undefined;
}

/** A lesson, and what it says of each pupil it was for. */
interface Column<L> {
  readonly lesson: L;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** Who of a list is on it on a day. */
export const listedOn = (list: readonly RosterPupil[] | undefined, date: LocalDate): RosterPupil[] =>
  (list ?? []).filter((pupil) => isOpen(pupil, date));

/**
 * The columns of some pupils on one day: the lessons that any of them has, as their roll calls say. A validated roll call is
 * believed about its own list, whatever the lists say since. A lesson that was not held is a column without an entry.
 */
export const columnsOf = <L extends Taught>(
  date: LocalDate,
  pupilIds: readonly string[],
  lessons: readonly L[],
  calls: readonly Called[],
  lists: ReadonlyMap<string, { readonly pupils: readonly RosterPupil[] }>,
  /** A mark as it counts, or without one what is known beforehand. */
  counted: (pupilId: string, lesson: L, mark?: Omit<Mark, 'pupilId'>) => Omit<Mark, 'pupilId'> | undefined = (_, __, mark) => mark,
): Column<L>[] => {
  const callOf = new Map(calls.filter(({ state }) => state === 'done').map((call) => [call.lessonId, call]));
  return lessons.flatMap((lesson) => {
    const call = lesson.notHeld ? undefined : callOf.get(lesson.lessonId);
    const expected = new Set(
      call?.pupilIds ?? lesson.groupIds.flatMap((groupId) => listedOn(lists.get(groupId)?.pupils, date).map(({ pupilId }) => pupilId)),
    );
    const theirs = pupilIds.filter((pupilId) => expected.has(pupilId));
    if (theirs.length === 0) return [];
    const markOf = new Map(call?.marks.map((mark) => [mark.pupilId, mark]));
    const entryOf = (pupilId: string): Entry => {
      if (!call) return { is: counted(pupilId, lesson)?.state ?? 'open' };
      const mark = markOf.get(pupilId);
      const { state, minutes } = (mark && counted(pupilId, lesson, mark)) ?? { state: 'present' as const };
      return { is: state, ...(minutes !== undefined && { minutes }) };
    };
    return [{ lesson, entries: new Map((lesson.notHeld ? [] : theirs).map((pupilId) => [pupilId, entryOf(pupilId)])) }];
  });
};
