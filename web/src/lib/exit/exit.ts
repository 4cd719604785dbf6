import { hour, span } from '#lib/format/format.ts';
import * as m from '#messages';
import type { readExit } from '#shared/attendance/exit-routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

export type Exit = AnswerOf<typeof readExit>;
export type Right = Exit['right'];

const RIGHTS: Readonly<Record<Right, () => string>> = {
  'when-free': m.exit_when_free,
  'usual-end': m.exit_usual_end,
  never: m.exit_never,
};
export const rightIn = (right: Right): string => RIGHTS[right]();
export const RIGHT_KEYS = Object.keys(RIGHTS) as Right[];

const DAY_END = 1440;

/** « Aujourd’hui, sortie possible : 12 h 05 – 13 h 30, à partir de 16 h 25. » */
export function timesIn(times: Exit['times']): string {
  if (times.length === 0) return m.exit_today_never();
  const words = times.map(({ from, until }) => (until >= DAY_END ? m.exit_today_from({ hour: hour(from) }) : span(from, until)));
  return m.exit_today({ times: words.join(', ') });
}

export const mayLeaveAt = (minute: number, times: Exit['times']): boolean =>
  times.some(({ from, until }) => from <= minute && minute < until);
