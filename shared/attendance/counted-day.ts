import * as z from 'zod';
import { GroupId, LocalDate, MinuteOfDay, PersonId, Uai, weekday } from '../kernel/index.ts';
import { type Counting, type Half, halfOf } from './half-days.ts';
import { Month, monthOf } from './pupil-month.ts';

const count = z.int().min(0);
/** Roll calls that were due, and those of them that nobody validated. */
export const Calls = z.object({ due: count, untaken: count });
export type Calls = z.infer<typeof Calls>;

export const TeacherCalls = Calls.extend({ teacherId: PersonId });
export const GroupCalls = Calls.extend({ groupId: GroupId, label: z.string() });

/**
 * What a school’s day asked of everybody, once it is over: the half-days its pupils owed, and the roll calls its teachers did.
 * Counted from the facts as a whole, so that counting it again is no second count.
 */
export const CountedDay = z.object({
  uai: Uai,
  month: Month,
  date: LocalDate,
  /** How half-days were told apart: what was missed is counted by the same. */
  halfDaySwitch: MinuteOfDay,
  openHalves: z.array(z.enum(['morning', 'afternoon'])),
  /** Half-days with at least one validated roll call of a lesson that was held, each pupil of it. */
  classes: z.array(z.object({ label: z.string(), owed: z.int().min(1) })),
  calls: Calls,
  teachers: z.array(TeacherCalls),
  groups: z.array(GroupCalls),
  rev: z.int().min(1),
});
export type CountedDay = z.infer<typeof CountedDay>;

/** A day that is over and whose facts have moved since: it is counted again. `rev` counts how often they did. */
export const DayToCount = z.object({ uai: Uai, date: LocalDate, rev: z.int().min(1) });

/** Of pupils whom no list has. */
export const NO_CLASS = '';

interface Taught {
  readonly lessonId: string;
  readonly teacherIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly groupLabels: readonly string[];
  /** Held, and not a study room, which awaits nobody. */
  readonly awaits: boolean;
}
interface Called {
  readonly lessonId: string;
  readonly startMinute: number;
  readonly state: 'begun' | 'done';
  readonly pupilIds: readonly string[];
}

/** How a day’s half-days were told apart. */
export const countingOn = ({ date, halfDaySwitch, openHalves }: Pick<CountedDay, 'date' | 'halfDaySwitch' | 'openHalves'>): Counting => ({
  halfDaySwitch,
  openHalfDays: openHalves.map((half) => ({ weekday: weekday(date), half })),
});

const ordered = <T>(found: ReadonlyMap<string, T>): T[] => [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);

const tallied = <T extends Calls>(into: Map<string, T>, key: string, first: () => T, missing: boolean): void => {
  const one = into.get(key) ?? first();
  into.set(key, { ...one, due: one.due + 1, untaken: one.untaken + (missing ? 1 : 0) });
};

/**
 * Counts a day that is over. A half-day is owed by whoever was on the list of a validated roll call in it: of a lesson that nobody
 * called nothing is known, and no absence can follow. What was « n’a pas eu lieu » asks nothing of anybody. A roll call whose lesson a later timetable knows no more was of a lesson all the same.
 */
export const countDay = (
  { uai, date }: { readonly uai: string; readonly date: LocalDate },
  { schoolDay, lessons }: { readonly schoolDay: boolean; readonly lessons: readonly Taught[] },
  rollCalls: readonly Called[],
  classOf: ReadonlyMap<string, string>,
  counting: Counting,
): Omit<CountedDay, 'rev'> => {
  const openHalves = (['morning', 'afternoon'] as const).filter((half) =>
    counting.openHalfDays.some((open) => open.weekday === weekday(date) && open.half === half),
  );
  const known = new Map(lessons.map((lesson) => [lesson.lessonId, lesson]));
  const counts = (lessonId: string): boolean => {
    const lesson = known.get(lessonId);
    return lesson ? lesson.awaits : schoolDay;
  };
  const done = rollCalls.filter(({ state, lessonId }) => state === 'done' && counts(lessonId));
  const owedBy: Record<Half, Set<string>> = { morning: new Set(), afternoon: new Set() };
  for (const call of done) for (const pupilId of call.pupilIds) owedBy[halfOf(call, counting)].add(pupilId);
  const classes = new Map<string, CountedDay['classes'][number]>();
  for (const half of openHalves)
    for (const pupilId of owedBy[half]) {
      const label = classOf.get(pupilId) ?? NO_CLASS;
      classes.set(label, { label, owed: (classes.get(label)?.owed ?? 0) + 1 });
    }
  const taken = new Set(done.map(({ lessonId }) => lessonId));
  const due = lessons.filter(({ awaits }) => awaits);
  const teachers = new Map<string, CountedDay['teachers'][number]>();
  const groups = new Map<string, CountedDay['groups'][number]>();
  for (const { lessonId, teacherIds, groupIds, groupLabels } of due) {
    const missing = !taken.has(lessonId);
    for (const teacherId of new Set(teacherIds)) tallied(teachers, teacherId, () => ({ teacherId, due: 0, untaken: 0 }), missing);
    for (const [at, groupId] of groupIds.entries())
      tallied(groups, groupId, () => ({ groupId, label: groupLabels[at] ?? '', due: 0, untaken: 0 }), missing);
  }
  return {
    uai,
    month: monthOf(date),
    date,
    halfDaySwitch: counting.halfDaySwitch,
    openHalves,
    classes: ordered(classes),
    calls: { due: due.length, untaken: due.filter(({ lessonId }) => !taken.has(lessonId)).length },
    teachers: ordered(teachers),
    groups: ordered(groups),
  };
};
