import type { attendance as table } from '../../shared/attendance/table.ts';
import type { LocalDate, Write } from '../../shared/kernel/index.ts';

/** What belongs to a write of something that counts on a day: one that is over, and so may be counted, is counted again. */
export const countingAgain = (uai: string, date: LocalDate, today: LocalDate): Write<typeof table, 'update'>[] =>
  // The key's own attributes are set as well: the item may be new, and its place in the index follows from what is set.
  date < today ? [{ update: 'dayToCount', key: { uai, date }, set: { uai, date }, add: { rev: 1 } }] : [];
