import type { Answered } from '#lib/api/client.ts';
import type { directionDay } from '#shared/attendance/direction-routes.ts';
import type { MySchool } from '#shared/directory/routes.ts';
import type { readReach } from '#shared/notifications/routes.ts';

export type Day = Answered<typeof directionDay>;
export type Reach = Answered<typeof readReach>;
export type Tile = 'attendance' | 'roll-calls' | 'unreached' | 'waiting';

/** How far from usual is worth a word: two points of attendance, ten of roll calls, three families. */
const NOTABLE = { attendance: 0.02, 'roll-calls': 0.1, unreached: 3 } as const;

export const attendanceOf = ({ seats, missed }: Pick<Day['today'], 'seats' | 'missed'>): number | undefined =>
  seats > 0 ? 1 - missed / seats : undefined;

export const rollCallsOf = ({ due, done }: Pick<Day['today'], 'due' | 'done'>): number | undefined => (due > 0 ? done / due : undefined);

/**
 * The one tile that is off its usual, the farthest in measures of what is worth a word; else what waits for somebody; else none: a usual day.
 * Better than usual is not off it.
 */
export function offUsual({ today, usual, raised }: Day, reach: Reach | undefined): Tile | undefined {
  const below = (now: number | undefined, before: number | undefined) => (now === undefined || before === undefined ? 0 : before - now);
  const off: readonly [Tile, number][] = [
    ['attendance', below(attendanceOf(today), usual?.attendance) / NOTABLE.attendance],
    ['roll-calls', below(rollCallsOf(today), usual?.rollCalls) / NOTABLE['roll-calls']],
    ['unreached', -below(reach?.toCall, reach?.usual?.toCall) / NOTABLE.unreached],
  ];
  const [farthest] = off.filter(([, by]) => by >= 1).toSorted((a, b) => b[1] - a[1]);
  if (farthest) return farthest[0];
  return raised + (reach?.undecided ?? 0) > 0 ? 'waiting' : undefined;
}

/** Who directs, and leaves school life to others, begins with the day in its figures; everybody else with the home of their door. */
export const beginsWithFigures = (schools: readonly Pick<MySchool, 'duties'>[]): boolean =>
  schools.some(({ duties }) => duties.includes('direction')) && !schools.some(({ duties }) => duties.includes('school-life'));
