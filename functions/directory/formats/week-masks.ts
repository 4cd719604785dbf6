import { addDays, type LocalDate, weekday } from '../../../shared/kernel/index.ts';

const LARGEST = 2n ** 64n - 1n;

/** Weeks as EDT writes them: an unsigned 64-bit decimal whose bit i is week i. Bit 0 is unused. `undefined`: not such a number. */
export function maskOf(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return undefined;
  const mask = BigInt(text);
  return mask > LARGEST ? undefined : mask & ~1n;
}

/** The Monday of a week's first day; schools sometimes enter the first school day instead. */
export const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - weekday(date));

/** Mondays of a mask's weeks, ascending. */
export class WeekCalendar {
  readonly #mondays: readonly LocalDate[];
  readonly #known = new Map<bigint, readonly LocalDate[]>();

  constructor(firstMonday: LocalDate) {
    this.#mondays = Array.from({ length: 64 }, (_, week) => addDays(firstMonday, 7 * (week - 1)));
  }

  mondaysOf(mask: bigint): readonly LocalDate[] {
    const known = this.#known.get(mask);
    if (known !== undefined) return known;
    const mondays = this.#mondays.filter((_, week) => week > 0 && (mask >> BigInt(week)) & 1n);
    this.#known.set(mask, mondays);
    return mondays;
  }
}

/** The participants of a course, each with its weeks, regrouped: weeks in which the same participants are there, in order of the first such week. */
export function byParticipants<T>(participants: readonly { readonly who: T; readonly mask: bigint }[]): { mask: bigint; present: T[] }[] {
  const [first] = participants;
  if (first === undefined) return [];
  if (participants.every(({ mask }) => mask === first.mask)) {
    return first.mask === 0n ? [] : [{ mask: first.mask, present: participants.map(({ who }) => who) }];
  }
  const groups = new Map<string, { mask: bigint; present: T[] }>();
  for (let week = 1n; week < 64n; week += 1n) {
    const bit = 1n << week;
    const present = participants.filter(({ mask }) => mask & bit);
    if (present.length === 0) continue;
    const key = participants.map(({ mask }) => (mask & bit ? '1' : '0')).join('');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { mask: bit, present: present.map(({ who }) => who) });
    else group.mask |= bit;
  }
  return [...groups.values()];
}
