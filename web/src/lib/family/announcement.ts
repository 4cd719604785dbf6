import { ANNOUNCED_AHEAD, ANNOUNCED_DAYS } from '#shared/attendance/routes.ts';
import type { LocalDate } from '#shared/kernel/time.ts';

/** What a guardian has filled in so far; nothing is chosen in advance. */
export interface AnnouncementForm {
  readonly day?: 'today' | 'tomorrow' | 'other' | undefined;
  readonly from: string;
  readonly until: string;
  readonly length?: 'whole' | 'part' | undefined;
  /** Minutes of the day. */
  readonly fromMinute?: number | undefined;
  readonly untilMinute?: number | undefined;
}

export interface Announcement {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly fromMinute?: number;
  readonly untilMinute?: number;
}

/** The first thing to mend. */
export type AnnouncementFault =
  | 'choose-day'
  | 'dates-missing'
  | 'dates-past'
  | 'dates-reversed'
  | 'too-long'
  | 'too-far'
  | 'choose-length'
  | 'hours-missing'
  | 'hours-reversed';

const DAY_MS = 86_400_000;
const dayNumber = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
export const daysLater = (date: LocalDate, days: number): LocalDate =>
  new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10);

/** Several days are whole days: only one day has parts. */
export const mayBePart = ({ day, from, until }: AnnouncementForm): boolean =>
  day !== undefined && (day !== 'other' || (from !== '' && from === until));

export function readAnnouncement(form: AnnouncementForm, today: LocalDate): Announcement | { readonly fault: AnnouncementFault } {
  if (form.day === undefined) return { fault: 'choose-day' };
  const [from, until] =
    form.day === 'today' ? [today, today] : form.day === 'tomorrow' ? [daysLater(today, 1), daysLater(today, 1)] : [form.from, form.until];
  if (from === '' || until === '') return { fault: 'dates-missing' };
  if (from < today) return { fault: 'dates-past' };
  if (until < from) return { fault: 'dates-reversed' };
  if (dayNumber(until) - dayNumber(from) + 1 > ANNOUNCED_DAYS) return { fault: 'too-long' };
  if (dayNumber(until) - dayNumber(today) > ANNOUNCED_AHEAD) return { fault: 'too-far' };
  if (!mayBePart(form)) return { from, until };
  if (form.length === undefined) return { fault: 'choose-length' };
  if (form.length === 'whole') return { from, until };
  const { fromMinute, untilMinute } = form;
  if (fromMinute === undefined || untilMinute === undefined) return { fault: 'hours-missing' };
  if (untilMinute <= fromMinute) return { fault: 'hours-reversed' };
  return { from, until, fromMinute, untilMinute };
}
