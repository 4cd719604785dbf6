import { Failure, type LocalDate } from '../kernel/index.ts';
import type { Telling } from './follow-episodes.ts';

/** Nothing is entered, corrected or taken back of a day whose school year is over: its register is in the archive, or on its way there. */
export const refuseOver = (date: LocalDate, { openFrom }: Pick<Telling, 'openFrom'>): void => {
  if (date < openFrom) throw new Failure('refused', 'attendance.year-over');
};
