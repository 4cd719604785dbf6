import type * as z from 'zod';
import { daysLater } from '#lib/family/announcement.ts';
import type { enterArrangement, listArrangements } from '#shared/attendance/arrangement-routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';
import type { LocalDate } from '#shared/kernel/time.ts';

export type Listed = AnswerOf<typeof listArrangements>;
export type Line = Listed['arrangements'][number];
export type Kind = Line['kind'];
export type Entered = Exclude<z.input<(typeof enterArrangement)['body']>, undefined>;

/** What school life has filled in so far; nothing is chosen in advance. */
export interface ArrangementForm {
  readonly kind?: Kind | undefined;
  readonly target: string;
  readonly from: string;
  readonly until: string;
  readonly fromMinute?: number | undefined;
  readonly untilMinute?: number | undefined;
  readonly weekdays: readonly number[];
  readonly subject?: Entered['subject'];
  /** Of an exemption: whether the pupil must be in the room. */
  readonly presence?: 'room' | 'free' | undefined;
  readonly without: readonly string[];
  readonly title: string;
}

/** The first thing to mend. */
export type ArrangementFault = 'choose-kind' | 'choose-target' | 'dates-missing' | 'dates-reversed' | 'hours-reversed' | 'choose-presence';

export function readArrangement(form: ArrangementForm): Entered | { readonly fault: ArrangementFault } {
  const { kind, target, from, until, fromMinute, untilMinute, weekdays, subject, presence, without, title } = form;
  if (kind === undefined) return { fault: 'choose-kind' };
  if (target === '') return { fault: 'choose-target' };
  if (from === '' || until === '') return { fault: 'dates-missing' };
  if (until < from) return { fault: 'dates-reversed' };
  if ((fromMinute ?? 0) >= (untilMinute ?? 1440)) return { fault: 'hours-reversed' };
  const exempts = kind === 'exemption';
  if (exempts && presence === undefined) return { fault: 'choose-presence' };
  return {
    kind,
    target,
    from,
    until,
    ...(fromMinute !== undefined && { fromMinute }),
    ...(untilMinute !== undefined && { untilMinute }),
    ...(exempts && weekdays.length > 0 && { weekdays: [...weekdays].sort() }),
    ...(exempts && subject && { subject }),
    ...(exempts && presence === 'room' && { inRoom: true as const }),
    without: target.startsWith('g_') ? [...without] : [],
    ...(title.trim() !== '' && { title: title.trim() }),
  };
}

/** The last day it holds. */
export const lastOf = ({ until, stopped }: Pick<Line, 'until' | 'stopped'>): LocalDate => (stopped ? daysLater(stopped.on, -1) : until);

/** Those of today, those to come, those that are over: the last of them first. */
export const inTime = ({ today, arrangements }: Pick<Listed, 'today' | 'arrangements'>) => ({
  current: arrangements.filter((one) => one.from <= today && today <= lastOf(one)),
  coming: arrangements.filter(({ from }) => from > today),
  over: arrangements.filter((one) => lastOf(one) < today).reverse(),
});
