import type { Counting } from '../../shared/attendance/half-days.ts';
import type { Thresholds } from '../../shared/attendance/pupil-month.ts';
import { openHalfDaysOf, type School } from '../../shared/directory/school.ts';

type Settings = Pick<School, 'settings'>;

/** What of a school's settings decides how its half-days are counted. */
export const countingOf = ({ settings }: Settings): Counting => ({
  halfDaySwitch: settings.halfDaySwitch,
  openHalfDays: openHalfDaysOf(settings),
});

/** What of a school's settings raises an alert. */
export const thresholdsOf = ({ settings }: Settings): Thresholds => ({
  commission: settings.commissionHalfDays,
  referent: settings.referentHalfDays,
  absences: settings.alertAbsences,
  latenesses: settings.alertLatenesses,
});
