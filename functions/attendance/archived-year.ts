import type { ArchivedYear } from '../../shared/attendance/archive-routes.ts';
import { keptUntil, type RegisterArchive } from '../../shared/attendance/register-archive.ts';

/** What a page may know of the register of a year. */
export const archivedYear = ({ year, state, through, madeAt, done, total, classes, moved, startedBy }: RegisterArchive): ArchivedYear => ({
  year,
  state,
  through,
  ...(madeAt && { madeAt }),
  done,
  total,
  classes,
  keptUntil: keptUntil(year),
  moved: moved ?? false,
  bySchedule: startedBy === 'schedule',
});
