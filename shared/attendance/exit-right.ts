import * as z from 'zod';
import { Instant, type MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';
import { eatsAtSchool } from './whereabouts.ts';

type Minute = z.infer<typeof MinuteOfDay>;

/**
 * « Droit de sortie »: when a pupil may leave by themselves. `when-free`: once their last lesson that is held is over; `usual-end`: at
 * the end of their timetable, whatever is cancelled; `never`: only with somebody who comes for them.
 */
export const ExitRight = z.enum(['when-free', 'usual-end', 'never']);
export type ExitRight = z.infer<typeof ExitRight>;

/** By CODE_REGIME as it is read (`Regime`); of a pupil whose regime no file says, `unknown`. */
export const RightsByRegime = z.strictObject({
  day: ExitRight,
  'half-board': ExitRight,
  boarder: ExitRight,
  'boarder-day': ExitRight,
  unknown: ExitRight,
});
export type RightsByRegime = z.infer<typeof RightsByRegime>;

/** Until a school sets its own: what needs no signed consent of the family. */
export const DEFAULT_EXIT_RIGHTS: RightsByRegime = {
  day: 'usual-end',
  'half-board': 'usual-end',
  boarder: 'never',
  'boarder-day': 'usual-end',
  unknown: 'usual-end',
};

export const ExitRules = z.object({ uai: Uai, rev: z.int().min(1), rights: RightsByRegime, changedBy: PersonId });

/** A pupil’s own right, as the family signed it; without `right` it is the school’s for their regime. */
export const PupilExit = z.object({ uai: Uai, pupilId: PersonId, right: ExitRight.optional(), by: PersonId, at: Instant });
export type PupilExit = z.infer<typeof PupilExit>;

export const rightByRegime = (rights: RightsByRegime, regime: string | undefined): ExitRight =>
  regime !== undefined && Object.hasOwn(rights, regime) ? rights[regime as keyof RightsByRegime] : rights.unknown;

/** A time of the day in which a pupil may leave by themselves; `until` is not included. */
export interface ExitTime {
  readonly from: Minute;
  readonly until: Minute;
}

const DAY_END = 1440;

interface Taught {
  readonly startMinute: Minute;
  readonly endMinute: Minute;
  readonly notHeld?: unknown;
}

/**
 * When a pupil may leave on a day. Who eats at school stays over noon; the others may leave at the end of each half-day. A gap in
 * between opens no door: the study room is for that.
 */
export const exitTimes = (
  right: ExitRight,
  lessons: readonly Taught[],
  { regime, noon }: { readonly regime?: string | undefined; readonly noon: Minute },
): ExitTime[] => {
  if (right === 'never') return [];
  const awaited = right === 'when-free' ? lessons.filter(({ notHeld }) => !notHeld) : lessons;
  const morning = awaited.filter(({ startMinute }) => startMinute < noon);
  const afternoon = awaited.filter(({ startMinute }) => startMinute >= noon);
  const endOf = (some: readonly Taught[]): Minute => Math.max(0, ...some.map(({ endMinute }) => endMinute));
  const last: ExitTime = { from: endOf(awaited), until: DAY_END };
  if (eatsAtSchool(regime) || afternoon.length === 0) return [last];
  const atNoon: ExitTime = { from: endOf(morning), until: Math.min(...afternoon.map(({ startMinute }) => startMinute)) };
  return atNoon.from < atNoon.until ? [atNoon, last] : [last];
};
