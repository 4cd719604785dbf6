import type { figures } from '#shared/attendance/figure-routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

export type Figures = AnswerOf<typeof figures>;
export type Span = Figures['span'];

interface Lost {
  readonly owed: number;
  readonly lost: number;
}

/** Of nothing there is no share. */
export const rateOf = ({ owed, lost }: Lost): number | undefined => (owed === 0 ? undefined : lost / owed);

const ENDS = [0.02, 0.05, 0.1, 0.2, 0.5, 1] as const;

/** Where the scale of a column of shares ends: the first round number that holds them all. */
export const scaleEnd = (shares: readonly (number | undefined)[]): number => {
  const most = Math.max(0, ...shares.filter((share) => share !== undefined));
  return ENDS.find((end) => most <= end) ?? 1;
};

/** Half a point more or less is as usual. */
const EVEN = 0.005;

export interface Trend {
  readonly goes: 'up' | 'down' | 'even';
  readonly rate: number;
  readonly usual: number;
}

/** The last week against those before it, each half-day of them counting once; a first week is compared with nothing. */
export function trendOf(weeks: readonly Lost[]): Trend | undefined {
  const last = weeks.at(-1);
  const before = weeks
    .slice(0, -1)
    .reduce((sum, { owed, lost }) => ({ owed: sum.owed + owed, lost: sum.lost + lost }), { owed: 0, lost: 0 });
  const rate = last && rateOf(last);
  const usual = rateOf(before);
  if (rate === undefined || usual === undefined) return undefined;
  const away = rate - usual;
  return { goes: Math.abs(away) < EVEN ? 'even' : away > 0 ? 'up' : 'down', rate, usual };
}
