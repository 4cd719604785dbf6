import type { Counting } from '../../shared/attendance/half-days.ts';
import { openHalfDaysOf, type School } from '../../shared/directory/school.ts';

/** What of a school's settings decides how its half-days are counted. */
export const countingOf = ({ settings }: Pick<School, 'settings'>): Counting => ({
  halfDaySwitch: settings.halfDaySwitch,
  openHalfDays: openHalfDaysOf(settings),
});
