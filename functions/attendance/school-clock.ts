import type { Telling } from '../../shared/attendance/follow-episodes.ts';
import { school } from '../../shared/directory/questions.ts';
import type { School } from '../../shared/directory/school.ts';
import { type Caller, type Instant, instant, type LocalDate, local, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

/** A school with the time its clock shows. */
export interface SchoolClock {
  readonly school: School;
  readonly now: Instant;
  readonly today: LocalDate;
  readonly minute: number;
  readonly telling: Telling;
  /** Something that starts then has begun. */
  begun(date: LocalDate, minute: number): boolean;
}

export const schoolClock = async (uai: string, { ask, clock }: Pick<ApiPorts, 'ask' | 'clock'>): Promise<SchoolClock> => {
  const found = await ask(school, { uai });
  if (!found) throw missing();
  const civil = clock.civil();
  const { timeZone, settings } = found;
  const { date: today, minute } = local(civil, timeZone);
  const now = instant(civil);
  const { graceMinutes, notBeforeMinutes } = settings;
  const waits =
    clock.graceSeconds === undefined ? { graceMinutes, notBeforeMinutes } : { graceMinutes: clock.graceSeconds / 60, notBeforeMinutes: 0 };
  return {
    school: found,
    now,
    today,
    minute,
    telling: { now, timeZone, ...waits },
    begun: (date, start) => date < today || (date === today && start <= minute),
  };
};

/** The caller's own record at a school: an account attached later has another id. */
export const recordOf = ({ card }: Caller, uai: string): string => {
  const link = Object.hasOwn(card.schools, uai) ? card.schools[uai] : undefined;
  if (!link) throw missing();
  return link.personId;
};
