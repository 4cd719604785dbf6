import { isUnsent, leavesAt, type Telling } from './cases.ts';

/** A message that is due is gone within seconds; this long after, something makes it wait. */
const WAITS_MS = 3 * 60_000;

/** What makes messages wait that ought to be gone, of which nobody at the school decided: how many, since when, and the quota of the day. */
export function delayOf({ deliveries, paused, now }: Pick<Telling, 'deliveries' | 'paused' | 'now'>) {
  if (paused) return undefined;
  const waiting = deliveries
    .filter(isUnsent)
    .filter((row) =>
      row.putOff === 'quota' || row.putOff === 'later' ? row.state === 'pending' : Date.parse(leavesAt(row)) + WAITS_MS < Date.parse(now),
    );
  const [since] = waiting.map(leavesAt).sort();
  return since === undefined ? undefined : { messages: waiting.length, since, quota: waiting.some(({ putOff }) => putOff === 'quota') };
}
export type Delay = NonNullable<ReturnType<typeof delayOf>>;
