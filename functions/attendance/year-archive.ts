import { monthsOf } from '../../shared/attendance/arrangement.ts';
import { isWhole } from '../../shared/attendance/register-archive.ts';
import type { attendance as table } from '../../shared/attendance/table.ts';
import type { LocalDate, Store } from '../../shared/kernel/index.ts';
import { yearOf } from './register-years.ts';

interface Year {
  readonly from: LocalDate;
  readonly until: LocalDate;
}

/**
 * Whether a school year may be erased: its register is whole in the archive, with all that moved since; or there is none to write: a day
 * with a lesson or a roll call is counted, and no day of it was.
 */
export const mayEraseYear = async (
  uai: string,
  { from, until }: Year,
  { attendance }: { readonly attendance: Store<typeof table, 'get' | 'query'> },
): Promise<boolean> => {
  if (isWhole(await attendance.get('registerArchive', { uai, year: yearOf(from) }), until)) {
    // Whoever counts a day that moved says so to the archive: until then nobody knows.
    const moved = await attendance.all('schoolDaysToCount', { uai });
    return moved.every(({ date }) => date < from || date > until);
  }
  for (const month of monthsOf({ from, until }))
    if ((await attendance.query('countedDays', { uai, month }, { limit: 1 })).items.length > 0) return false;
  return true;
};
