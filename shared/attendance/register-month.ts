import type { RosterPupil } from '../directory/person.ts';
import { isOpen, type LocalDate } from '../kernel/index.ts';
import { NO_CLASS } from './counted-day.ts';
import type { Counting } from './half-days.ts';
import type { PupilDay } from './pupil-day.ts';
import type { Month } from './pupil-month.ts';
import { type RegisterLine, registerLines } from './register-line.ts';
import type { RollCall } from './table.ts';

export interface RegisterPupil {
  readonly pupilId: string;
  readonly familyName: string;
  readonly givenName: string;
  /** `NO_CLASS` of whom no list has. */
  readonly classLabel: string;
  readonly from?: LocalDate | undefined;
  readonly until?: LocalDate | undefined;
}

export interface RegisterLesson {
  readonly lessonId: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly subject: string;
  /** Whether its roll call was made; a lesson that was not held asks for none. */
  readonly call: 'made' | 'never' | 'not-held';
  /** The classes of its pupils. */
  readonly classes: readonly string[];
}

export interface RegisterDay {
  readonly date: LocalDate;
  readonly lessons: readonly RegisterLesson[];
  /** The timetable knows nothing of the day any more: of the lessons that nobody called, nothing is known. */
  readonly unknown?: true;
}

/** Everything the register of a school says of a month; what the files of its classes are written from. */
export interface RegisterMonth {
  readonly month: Month;
  readonly pupils: readonly RegisterPupil[];
  readonly days: readonly RegisterDay[];
  readonly lines: readonly (RegisterLine & { readonly classLabel: string })[];
}

export interface ClassList {
  readonly groupId: string;
  readonly kind: 'class' | 'group';
  readonly label: string;
  readonly pupils: readonly RosterPupil[];
}

interface Taught {
  readonly lessonId: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly subject: { readonly label: string };
  readonly groupIds: readonly string[];
  readonly notHeld?: unknown;
}

/** What is read of a day to write it into the register. */
export interface RegisteredDay {
  readonly date: LocalDate;
  /** The timetable knows the day. */
  readonly known: boolean;
  readonly lessons: readonly Taught[];
  readonly calls: readonly RollCall[];
  readonly pupilDays: readonly PupilDay[];
}

/** Who is in which class, as the lists of the classes have it. */
export const pupilsInClasses = (lists: readonly ClassList[]): RegisterPupil[] => {
  // A line of a list names the pupil’s class of today; whose list it is holds for its own dates.
  return lists.flatMap(({ kind, label, pupils }) =>
    kind === 'class'
      ? pupils.map(({ pupilId, familyName, givenName, from, until }) => ({
          pupilId,
          familyName,
          givenName,
          classLabel: label.slice(0, 40),
          ...(from && { from }),
          ...(until && { until }),
        }))
      : [],
  );
};

/**
 * The register of a month from the facts as they now are. What an earlier writing of it knows and nobody else any more stays: the class
 * of a pupil then, the lessons of a timetable that was replaced, the lines of a pupil who was erased since. A pupil’s day is only ever
 * added to, so that a line without its day is of one who was erased.
 */
export const writeMonth = (
  month: Month,
  days: readonly RegisteredDay[],
  {
    lists,
    pupils,
    before,
  }: { readonly lists: readonly ClassList[]; readonly pupils: readonly RegisterPupil[]; readonly before?: RegisterMonth | undefined },
  counting: Counting,
): RegisterMonth => {
  const known = new Set(before?.pupils.map(({ pupilId }) => pupilId));
  const last = days.at(-1)?.date ?? `${month}-31`;
  const inMonth = ({ from, until }: RegisterPupil) =>
    (from === undefined || from <= last) && (until === undefined || until >= `${month}-01`);
  const roster = [...(before?.pupils ?? []), ...pupils.filter((pupil) => !known.has(pupil.pupilId) && inMonth(pupil))];
  const timesOf = Map.groupBy(roster, ({ pupilId }) => pupilId);
  const listed = (pupilId: string, date: LocalDate): string | undefined => {
    const times = timesOf.get(pupilId);
    return (times?.find((one) => isOpen(one, date)) ?? times?.at(-1))?.classLabel;
  };
  const groups = new Map(lists.map((list) => [list.groupId, list]));
  /** Who is in no list, as the facts know them. */
  const met = new Map<string, RegisterPupil>();
  const meet = (pupil: RegisterPupil) => {
    if (timesOf.has(pupil.pupilId)) return;
    const { familyName = '', givenName = '', classLabel = NO_CLASS } = met.get(pupil.pupilId) ?? {};
    met.set(pupil.pupilId, {
      pupilId: pupil.pupilId,
      familyName: familyName || pupil.familyName,
      givenName: givenName || pupil.givenName,
      classLabel: classLabel || pupil.classLabel,
    });
  };

  const lines: RegisterMonth['lines'][number][] = [];
  const written = days.map(({ date, known: inTimetable, lessons, calls, pupilDays }): RegisterDay => {
    const own = new Map(pupilDays.flatMap((day) => (day.classLabel === undefined ? [] : [[day.pupilId, day.classLabel] as const])));
    const classOf = (pupilId: string): string => own.get(pupilId) ?? listed(pupilId, date) ?? met.get(pupilId)?.classLabel ?? NO_CLASS;
    for (const { pupilId, pupil, classLabel = NO_CLASS } of pupilDays)
      meet({ pupilId, familyName: pupil?.familyName ?? '', givenName: pupil?.givenName ?? '', classLabel });
    const done = new Map(calls.flatMap((call) => (call.state === 'done' ? [[call.lessonId, call] as const] : [])));
    // Who left since is in no list any more: a lesson of one class alone says whose they were.
    for (const { lessonId, groupIds } of lessons) {
      const only = groupIds.length === 1 ? groups.get(groupIds[0] as string) : undefined;
      if (only?.kind === 'class')
        for (const pupilId of done.get(lessonId)?.pupilIds ?? [])
          meet({ pupilId, familyName: '', givenName: '', classLabel: only.label.slice(0, 40) });
    }
    const labels = (all: readonly string[]) => {
      const found = new Set(all);
      if (found.size > 1) found.delete(NO_CLASS);
      return [...found].sort();
    };
    const of = ({ lessonId, startMinute, endMinute }: Pick<RegisterLesson, 'lessonId' | 'startMinute' | 'endMinute'>, subject: string) => ({
      lessonId,
      startMinute,
      endMinute,
      subject,
    });
    const fromTimetable = lessons
      // A study room awaits nobody.
      .filter(({ groupIds }) => groupIds.length > 0)
      .map((lesson): RegisterLesson => {
        const call = done.get(lesson.lessonId);
        const expected = lesson.groupIds.flatMap((groupId) => {
          const list = groups.get(groupId);
          if (list?.kind === 'class') return [list.label.slice(0, 40)];
          return (list?.pupils ?? []).filter((pupil) => isOpen(pupil, date)).map(({ pupilId }) => classOf(pupilId));
        });
        return {
          ...of(lesson, lesson.subject.label),
          call: lesson.notHeld ? 'not-held' : call ? 'made' : 'never',
          classes: labels(call?.pupilIds.map(classOf) ?? expected),
        };
      });
    const inDay = new Set(lessons.map(({ lessonId }) => lessonId));
    const called = [...done.values()]
      .filter(({ lessonId, pupilIds, added }) => !inDay.has(lessonId) && pupilIds.some((pupilId) => !added.includes(pupilId)))
      .map((call): RegisterLesson => ({ ...of(call, call.subject), call: 'made', classes: labels(call.pupilIds.map(classOf)) }));
    const said = new Set([...fromTimetable, ...called].map(({ lessonId }) => lessonId));
    const earlier = before?.days.find((one) => one.date === date);
    const replaced = inTimetable ? [] : (earlier?.lessons.filter(({ lessonId }) => !said.has(lessonId)) ?? []);
    const all = [...fromTimetable, ...called, ...replaced].sort(
      (a, b) => a.startMinute - b.startMinute || (a.lessonId < b.lessonId ? -1 : 1),
    );
    const found = registerLines(pupilDays, counting);
    const has = new Set(pupilDays.map(({ pupilId }) => pupilId));
    lines.push(
      ...found.map((line) => ({ ...line, classLabel: classOf(line.pupilId) })),
      ...(before?.lines.filter((line) => line.date === date && !has.has(line.pupilId)) ?? []),
    );
    return {
      date,
      lessons: all,
      ...(!inTimetable && all.length > 0 && (earlier?.unknown ?? !earlier) && { unknown: true as const }),
    };
  });
  const held = written.filter(({ lessons }) => lessons.length > 0);
  // Of the weeks before the lessons begin, lists may still be of another year.
  if (held.length === 0) return { month, pupils: [], days: [], lines: [] };
  return { month, pupils: [...roster, ...met.values()], days: held, lines };
};

/** One class’s own part of a month. */
export const monthOfClass = ({ month, pupils, days, lines }: RegisterMonth, classLabel: string): RegisterMonth => ({
  month,
  pupils: pupils.filter((pupil) => pupil.classLabel === classLabel),
  days: days.flatMap(({ lessons, ...day }) => {
    const own = lessons.filter(({ classes }) => classes.includes(classLabel));
    return own.length > 0 ? [{ ...day, lessons: own }] : [];
  }),
  lines: lines.filter((line) => line.classLabel === classLabel),
});
