import { TZDate, tzOffset } from '@date-fns/tz';
import * as z from 'zod';
import type { LocalDate } from './time.ts';

/** An IANA zone that the runtime knows; France has twelve. */
export const TimeZone = z
  .string()
  .max(40)
  .refine((zone) => !Number.isNaN(tzOffset(zone, new Date(0))));

const two = (n: number) => String(n).padStart(2, '0');

/** The day and the minute that a school's wall clock shows at an instant. */
export function local(at: Date, zone: string): { date: LocalDate; minute: number } {
  const d = new TZDate(at.getTime(), zone);
  return {
    date: `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`,
    minute: d.getHours() * 60 + d.getMinutes(),
  };
}

/** The instant at which a school's wall clock shows a minute of a day: 08:00 stays 08:00 across a DST change. */
export function at(date: LocalDate, minute: number, zone: string): Date {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return new Date(new TZDate(year, month - 1, day, Math.floor(minute / 60), minute % 60, zone).getTime());
}
