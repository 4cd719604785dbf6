import type * as z from 'zod';
import type { MinuteOfDay } from '../kernel/index.ts';
import type { Movement } from './pupil-day.ts';

type Minute = z.infer<typeof MinuteOfDay>;

/** Said by this guardian themselves: what school life wrote down for them is school life’s. */
export const isOwnAnnouncement = ({ kind, by, byDoor }: Movement, guardianId: string): boolean =>
  kind === 'announced' && byDoor === 'guardian' && by === guardianId;

/** An announced absence begins with the first lesson it covers: « toute la journée » of a day that begins at ten, at ten. */
export const announcementBegins = (
  { minute, until = 1440 }: Pick<Movement, 'minute' | 'until'>,
  lessons: readonly { readonly startMinute: Minute; readonly endMinute: Minute }[],
): Minute => {
  const covered = lessons.filter(({ startMinute, endMinute }) => startMinute < until && endMinute > minute);
  return covered.length > 0 ? Math.max(minute, Math.min(...covered.map(({ startMinute }) => startMinute))) : minute;
};
