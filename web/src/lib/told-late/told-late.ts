import type { Answered } from '#lib/api/client.ts';
import { dateAt, hourAt } from '#lib/format/format.ts';
import * as m from '#messages';
import type { MySchool } from '#shared/directory/routes.ts';
import type { listToldLate } from '#shared/notifications/late-routes.ts';

export type Listed = Answered<typeof listToldLate>;
export type Family = Listed['families'][number];

/** Who is let through by the server too. */
export const reachesFamilies = ({ duties }: Pick<MySchool, 'duties'>): boolean => duties.length > 0;

/** By the day on which they heard, the latest first. */
export const byDay = (families: readonly Family[]): (readonly [day: string, families: readonly Family[]])[] => [
  ...Map.groupBy(families, ({ date }) => date).entries(),
];

/** « 15 h 10 au lieu de 9 h 17 » of one day; across days the hour says little beside the dates. */
export const whenOf = ({ at, dueAt }: Pick<Family, 'at' | 'dueAt'>, timeZone: string): string | undefined => {
  if (at === undefined || dueAt === undefined || dateAt(new Date(at), timeZone) !== dateAt(new Date(dueAt), timeZone)) return undefined;
  return m.told_late_when({ at: hourAt(at, timeZone), due: hourAt(dueAt, timeZone) });
};
