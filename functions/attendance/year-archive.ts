import { monthsOf } from '../../shared/attendance/arrangement.ts';
import type { attendance as table } from '../../shared/attendance/table.ts';
import type { LocalDate, Store } from '../../shared/kernel/index.ts';

interface Year {
  readonly from: LocalDate;
  readonly until: LocalDate;
}

/**
 * Whether nothing of a school year has to be in the school's archive before it is erased. As long as no export says that it wrote the
 * register of a year, that is a year without one: a day with a lesson or a roll call is counted, and no day of it was.
 */
export const mayEraseYear = async (
  uai: string,
  year: Year,
  { attendance }: { readonly attendance: Store<typeof table, 'get' | 'query'> },
): Promise<boolean> => {
  for (const month of monthsOf(year))
    if ((await attendance.query('countedDays', { uai, month }, { limit: 1 })).items.length > 0) return false;
  return true;
};
