import type { listStays } from '#shared/attendance/stay-routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

export type Listed = AnswerOf<typeof listStays>;
export type StayLine = Listed['stays'][number];

/** Who is there, and who was: in the order the server gave. */
export const goingAndOver = (stays: readonly StayLine[]): { readonly going: readonly StayLine[]; readonly over: readonly StayLine[] } => ({
  going: stays.filter(({ untilMinute }) => untilMinute === undefined),
  over: stays.filter(({ untilMinute }) => untilMinute !== undefined),
});

/** One key for each way a stay goes on. */
const KEYS: Readonly<Record<string, 'class' | 'family'>> = { r: 'class', f: 'family' };
export const endOfKey = (key: string): 'class' | 'family' | undefined => KEYS[key.toLowerCase()];
