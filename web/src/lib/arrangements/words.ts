import { daysLater } from '#lib/family/announcement.ts';
import { dayOf, hour } from '#lib/format/format.ts';
import * as m from '#messages';
import type { LocalDate } from '#shared/kernel/time.ts';
import { subjectName } from '#shared/timetable/readable-names.ts';
import type { Kind } from './arrangement.ts';

const A_MONDAY = '2024-01-01';
/** « mardi »; 1 is Monday. */
export const weekdayIn = (weekday: number): string => dayOf(daysLater(A_MONDAY, weekday - 1)).split(' ')[0] ?? '';

const KINDS = { outing: m.arranged_outing, placement: m.arranged_placement, exemption: m.arranged_exemption } as const satisfies Record<
  Kind,
  () => string
>;

/** « Dispense, présence en salle »: what it is, without why. */
export const kindIn = ({ kind, inRoom }: { readonly kind: Kind; readonly inRoom?: true | undefined }): string =>
  inRoom ? m.arranged_in_room() : KINDS[kind]();

interface When {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly fromMinute?: number | undefined;
  readonly untilMinute?: number | undefined;
  readonly weekdays?: readonly number[] | undefined;
  readonly subject?: string | undefined;
}

const hoursIn = ({ fromMinute, untilMinute }: When): string | undefined => {
  if (fromMinute !== undefined && untilMinute !== undefined) return m.arranged_hours({ from: hour(fromMinute), until: hour(untilMinute) });
  if (fromMinute !== undefined) return m.arranged_from_hour({ hour: hour(fromMinute) });
  return untilMinute === undefined ? undefined : m.arranged_until_hour({ hour: hour(untilMinute) });
};

/** « du lundi 7 décembre au vendredi 18 décembre, le mardi, de 10 h à 12 h, EPS ». */
export const whenIn = (when: When): string =>
  [
    when.from === when.until ? dayOf(when.from) : m.arranged_days({ from: dayOf(when.from), until: dayOf(when.until) }),
    ...(when.weekdays ?? []).map((weekday) => m.arranged_weekday({ day: weekdayIn(weekday) })),
    hoursIn(when),
    when.subject === undefined ? undefined : subjectName(when.subject),
  ]
    .filter(Boolean)
    .join(', ');
