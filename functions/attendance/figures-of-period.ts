import type { MonthFigures } from '../../shared/attendance/month-figures.ts';
import { type Month, monthOf } from '../../shared/attendance/pupil-month.ts';
import { addDays, type LocalDate } from '../../shared/kernel/index.ts';
import { schoolYearOf } from '../../shared/timetable/school-year.ts';
import type { ApiPorts } from './manifest.ts';

/** Months that lead to the first one shown, for its trend. */
const LEADING = 2;

const monthBefore = (month: Month): Month => monthOf(addDays(`${month}-01`, -1));

export interface Period {
  readonly months: readonly MonthFigures[];
  /** With those of the school year that lead to it. */
  readonly trend: readonly MonthFigures[];
  readonly countedUntil?: LocalDate | undefined;
}

/** The figures of a month, or of its school year until then: one item a month, in one request. */
export const figuresOfPeriod = async (
  { uai, month, span }: { readonly uai: string; readonly month: Month; readonly span: 'month' | 'year' },
  { attendance }: Pick<ApiPorts, 'attendance'>,
): Promise<Period> => {
  const start = monthOf(schoolYearOf(`${month}-01`).from);
  const wanted: Month[] = [month];
  const most = span === 'year' ? 12 : 1 + LEADING;
  for (let one = monthBefore(month); one >= start && wanted.length < most; one = monthBefore(one)) wanted.unshift(one);
  const found = await attendance.read(
    { get: 'chasedSchool', key: { uai } },
    ...wanted.map((one) => ({ get: 'monthFigures' as const, key: { uai, month: one } })),
  );
  const trend = found.filter((item) => item.entity === 'monthFigures').sort((a, b) => (a.month < b.month ? -1 : 1));
  return {
    months: span === 'year' ? trend : trend.filter((one) => one.month === month),
    trend,
    countedUntil: found.find((item) => item.entity === 'chasedSchool')?.countedUntil,
  };
};
