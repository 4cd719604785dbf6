import type { Telling } from '../../shared/attendance/follow-episodes.ts';
import { school } from '../../shared/directory/questions.ts';
import type { School } from '../../shared/directory/school.ts';
import { type Caller, type Instant, instant, type LocalDate, local, missing } from '../../shared/kernel/index.ts';
import type { SchoolTime } from '../../shared/timetable/calendar.ts';
import { openFrom } from '../../shared/timetable/school-year.ts';
import type { ApiPorts } from './manifest.ts';

/** A school with the time its clock shows; all of the school where the directory was asked. */
export interface SchoolClock<S extends SchoolTime = SchoolTime> {
  readonly school: S;
  readonly now: Instant;
  readonly today: LocalDate;
  readonly minute: number;
  readonly telling: Telling;
  /** Something that starts then has begun. */
  begun(date: LocalDate, minute: number): boolean;
}

export const schoolClock = async (uai: string, { ask, clock }: Pick<ApiPorts, 'ask' | 'clock'>): Promise<SchoolClock<School>> => {
  const found = await ask(school, { uai });
  if (!found) throw missing();
  return clockOf(found, clock);
};

/** The clock that came with a day of the timetable; before the first timetable, the directory’s. */
export const dayClock = async (
  uai: string,
  { school: known }: { readonly school?: SchoolTime | undefined },
  ports: Pick<ApiPorts, 'ask' | 'clock'>,
): Promise<SchoolClock> => (known ? clockOf(known, ports.clock) : schoolClock(uai, ports));

const clockOf = <S extends SchoolTime & { readonly year?: number | undefined }>(found: S, clock: ApiPorts['clock']): SchoolClock<S> => {
  const civil = clock.civil();
  const { timeZone, settings } = found;
  const { date: today, minute } = local(civil, timeZone);
  const now = instant(civil);
  const { graceMinutes, notBeforeMinutes, telling, decideAfterHours } = settings;
  const waits =
    clock.graceSeconds === undefined ? { graceMinutes, notBeforeMinutes } : { graceMinutes: clock.graceSeconds / 60, notBeforeMinutes: 0 };
  return {
    school: found,
    now,
    today,
    minute,
    telling: {
      now,
      timeZone,
      ...waits,
      checked: telling === 'checked',
      decideAfterMinutes: decideAfterHours * 60,
      openFrom: openFrom(today, found.year),
    },
    begun: (date, start) => date < today || (date === today && start <= minute),
  };
};

/** The caller's own record at a school: an account attached later has another id. */
export const recordOf = ({ card }: Caller, uai: string): string => {
  const link = Object.hasOwn(card.schools, uai) ? card.schools[uai] : undefined;
  if (!link) throw missing();
  return link.personId;
};
