import * as z from 'zod';
import { LocalDate, Uai } from '../kernel/index.ts';
import { Calls, type CountedDay, countingOn, GroupCalls, NO_CLASS, TeacherCalls } from './counted-day.ts';
import { missedHalfDays } from './half-days.ts';
import { Month, type PupilMonth } from './pupil-month.ts';
import { ReasonId } from './reason.ts';

const count = z.int().min(0);

/**
 * What a school’s month amounts to: of days that are over alone, so that what was lost is set against what was owed. It names no
 * pupil, and is as long as the school has classes, teachers and groups.
 */
export const MonthFigures = z.object({
  uai: Uai,
  month: Month,
  rev: z.int().min(1),
  /** Half-days, each day. */
  days: z.array(z.object({ date: LocalDate, owed: count, lost: count })),
  /** `withoutReason`: of those lost, without an admissible one. */
  classes: z.array(z.object({ label: z.string(), owed: count, lost: count, withoutReason: count })),
  /** Half-days lost by reason; without one where nobody gave it for all of the half-day. */
  reasons: z.array(z.object({ reasonId: ReasonId.optional(), lost: count })),
  calls: Calls,
  teachers: z.array(TeacherCalls),
  groups: z.array(GroupCalls),
});
export type MonthFigures = z.infer<typeof MonthFigures>;

/** What is counted of several, by whatever tells them apart: the numbers are added, of the rest the last holds. */
export const added = <T extends object>(all: readonly T[], keyOf: (one: T) => unknown): T[] => {
  const found = new Map<unknown, T>();
  for (const one of all) {
    const before = found.get(keyOf(one));
    const sum = Object.entries(one).map(([name, value]) => [
      name,
      typeof value === 'number' && before ? value + Number(before[name as keyof T]) : value,
    ]);
    found.set(keyOf(one), Object.fromEntries(sum) as T);
  }
  return [...found.values()];
};

/** Counts a month from its days that are over and what its pupils missed on them. */
export const countMonth = (
  days: readonly Omit<CountedDay, 'rev'>[],
  months: readonly Pick<PupilMonth, 'classLabel' | 'days'>[],
): Omit<MonthFigures, 'uai' | 'month' | 'rev'> => {
  const byDate = [...days].sort((a, b) => (a.date < b.date ? -1 : 1));
  const dayOf = new Map(byDate.map((day) => [day.date, day]));
  const lost = months.flatMap(({ classLabel: label = NO_CLASS, days: missedOn }) =>
    missedOn.flatMap((missed) => {
      const day = dayOf.get(missed.date);
      if (!day) return [];
      return missedHalfDays(missed, countingOn(day)).map(({ reasonId, justified }) => ({ date: missed.date, label, reasonId, justified }));
    }),
  );
  const owed = byDate.flatMap(({ date, classes }) => classes.map((one) => ({ date, ...one })));
  return {
    days: added(
      [...owed.map((one) => ({ date: one.date, owed: one.owed, lost: 0 })), ...lost.map(({ date }) => ({ date, owed: 0, lost: 1 }))],
      ({ date }) => date,
    ),
    classes: added(
      [
        ...owed.map((one) => ({ label: one.label, owed: one.owed, lost: 0, withoutReason: 0 })),
        ...lost.map(({ label, justified }) => ({ label, owed: 0, lost: 1, withoutReason: justified ? 0 : 1 })),
      ],
      ({ label }) => label,
    ),
    reasons: added(
      lost.map(({ reasonId }) => ({ ...(reasonId !== undefined && { reasonId }), lost: 1 })),
      ({ reasonId }) => reasonId,
    ),
    calls: added([{ due: 0, untaken: 0 }, ...byDate.map(({ calls }) => calls)], () => 'all')[0] as Calls,
    teachers: added(
      byDate.flatMap(({ teachers }) => teachers),
      ({ teacherId }) => teacherId,
    ),
    groups: added(
      byDate.flatMap(({ groups }) => groups),
      ({ groupId }) => groupId,
    ),
  };
};
