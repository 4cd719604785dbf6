import { type ArrangedMonth, type Arrangement, MAX_ARRANGED, monthsOf, standsOn } from '../../shared/attendance/arrangement.ts';
import type { ArrangementLine } from '../../shared/attendance/arrangement-routes.ts';
import { monthOf } from '../../shared/attendance/pupil-month.ts';
import type { attendance as table } from '../../shared/attendance/table.ts';
import { Failure, type LocalDate, type Write } from '../../shared/kernel/index.ts';
import { named, peopleById, pupilsOf } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import type { SchoolClock } from './school-clock.ts';

/** What is read to know who is expected elsewhere on a day: one item, beside whatever else is read. */
export const arrangedOn = (uai: string, date: LocalDate) => ({ get: 'arrangedMonth' as const, key: { uai, month: monthOf(date) } });

/** Of what was read, what stands on the day. */
export const standingOn = (read: readonly { readonly entity: string }[], date: LocalDate): Arrangement[] =>
  read
    .filter((item): item is ArrangedMonth & { entity: 'arrangedMonth' } => item.entity === 'arrangedMonth')
    .filter(({ month }) => month === monthOf(date))
    .flatMap(({ arrangements }) => arrangements.filter((one) => standsOn(one, date)));

/** The writes that keep an arrangement, new or changed, in each of its months; those of an ended year stay as they are, or erased. */
export const putArrangement = async (
  uai: string,
  arrangement: Arrangement,
  { telling }: Pick<SchoolClock, 'telling'>,
  { attendance }: Pick<ApiPorts, 'attendance'>,
): Promise<Write<typeof table, 'put'>[]> => {
  const months = monthsOf(arrangement).filter((month) => month >= monthOf(telling.openFrom));
  const found = new Map(
    (
      await attendance.getMany(
        'arrangedMonth',
        months.map((month) => ({ uai, month })),
      )
    ).map((item) => [item.month, item]),
  );
  return months.map((month) => {
    const before = found.get(month);
    const others = before?.arrangements.filter(({ arrangementId }) => arrangementId !== arrangement.arrangementId) ?? [];
    if (others.length >= MAX_ARRANGED) throw new Failure('refused', 'attendance.too-many-entries');
    return {
      put: 'arrangedMonth',
      item: { uai, month, arrangements: [...others, arrangement], revision: (before?.revision ?? 0) + 1 },
      when: before ? { is: { revision: before.revision } } : { absent: true },
    };
  });
};

/** As school life reads them, with the names of their pupils. */
export const linesOf = async (
  uai: string,
  arrangements: readonly Arrangement[],
  on: LocalDate,
  ports: Pick<ApiPorts, 'ask'>,
): Promise<ArrangementLine[]> => {
  const people = await peopleById(
    uai,
    arrangements.flatMap(({ target }) => (target.startsWith('p_') ? [target] : [])),
    ports,
  );
  const listed = await pupilsOf(uai, [...new Set([...people.values()].flatMap(({ groups }) => groups))], on, ports);
  return arrangements.map((arrangement) => {
    const { target } = arrangement;
    if (!target.startsWith('p_')) return arrangement;
    return { ...arrangement, pupil: named(target, people.get(target), listed.get(target)?.classLabel) };
  });
};
