import type { Telling } from '../../shared/attendance/follow-episodes.ts';
import { type Entries, emptyDay, note, type PupilDay, type PupilOfDay } from '../../shared/attendance/pupil-day.ts';
import type { attendance as table } from '../../shared/attendance/table.ts';
import type { LocalDate, Write } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

/** Writes a day as it now is, if nobody else did since it was read. */
export const putDay = (before: PupilDay | undefined, after: PupilDay): Write<typeof table, 'put'> => ({
  put: 'pupilDay',
  item: after,
  when: before ? { is: { revision: before.revision } } : { absent: true },
});

export interface DayKey {
  readonly uai: string;
  readonly date: LocalDate;
  readonly pupilId: string;
}

/** The day as read, or a new one, with entries added; and the write that keeps it, when there is anything new. */
export const withEntries = async (
  { uai, date, pupilId }: DayKey,
  entries: Entries,
  telling: Telling,
  { attendance }: Pick<ApiPorts, 'attendance'>,
  who: { readonly classLabel?: string | undefined; readonly person?: PupilOfDay } = {},
): Promise<{ day: PupilDay; writes: Write<typeof table, 'put'>[] }> => {
  const before = await attendance.get('pupilDay', { uai, date, pupilId });
  const known = before ?? emptyDay(uai, date, pupilId, who.classLabel, who.person);
  const day = note(known, entries, telling);
  return { day, writes: day === known ? [] : [putDay(before, day)] };
};
