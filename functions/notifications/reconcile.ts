import { episodesOfDay, followTimetable } from '../../shared/attendance/questions.ts';
import { addDays, instant, type LocalDate } from '../../shared/kernel/index.ts';
import { type Delivery, isUnsent, when } from '../../shared/notifications/delivery.ts';
import { episodeKey } from '../../shared/notifications/keys.ts';
import { isWantedAgain, LOST_AFTER_MS, tells } from '../../shared/notifications/plan.ts';
import type { Visited } from '../../shared/notifications/table.ts';
import { runSchedule } from '../runtime/run-schedule.ts';
import { wakeDigests } from './digest-ledger.ts';
import { enqueue, follow, handOver, isConflict, today } from './ledger.ts';
import manifest, { type ReconcilePorts } from './manifest.ts';

/** After a claim ran out: as long SES is given to say whether it has the mail. */
export const SES_SPEAKS_WITHIN_MS = 15 * 60_000;
/** An absence this young is on its way. */
const YOUNG_MS = 120_000;
/** Schools looked at side by side. */
const ABREAST = 8;
/** Once a day, as far back: what is redriven, or fixed by hand, is at most this old, since the failure queue keeps 14 days. */
const DAYS_COMPARED = 14;
/** Of a run’s time, after which no school’s past is begun any more: the next run goes on with the schools that are left. */
const PAST_WITHIN_MS = 10_000;

/** What was found and mended; logged, and the figure its alarm watches. */
export interface Found {
  schools: number;
  /** Claims whose lease had run out. */
  doubtful: number;
  /** Sent again, once, without knowing whether the first mail was. */
  resent: number;
  /** Given to a human after a second doubt. */
  uncertain: number;
  /** Rows past due whose message was lost. */
  woken: number;
  /** Episodes the ledger did not know, or not as they are now. */
  repaired: number;
  /** Pupils’ days that had not followed a change of the timetable. */
  followed: number;
  /** Schools whose fortnight was compared whole. */
  looked: number;
}

type Counted = Omit<Found, 'schools' | 'looked'>;
const nothing = (): Counted => ({ doubtful: 0, resent: 0, uncertain: 0, woken: 0, repaired: 0, followed: 0 });

/**
 * Compares facts with the ledger and mends what any hop lost: every quarter of an hour, each thing once. It decides nothing itself:
 * whatever it finds goes the ordinary way, so that running twice, late or beside the workers does no harm.
 */
export async function reconcile(ports: ReconcilePorts): Promise<Found> {
  const found: Found = { schools: 0, looked: 0, ...nothing() };
  const begun = ports.clock.system().getTime();
  const schools = await ports.notifications.all('schools', {});
  const queue = [...schools];
  const faults: unknown[] = [];
  const lane = async () => {
    for (let school = queue.shift(); school; school = queue.shift()) {
      const mine = nothing();
      const inTime = ports.clock.system().getTime() - begun < PAST_WITHIN_MS;
      found.schools += 1;
      try {
        const trouble = [
          ...(await wake(school, mine, ports)),
          ...(await compareRecent(school, mine, ports)),
          ...(await wakeDigests(school, mine, ports)),
        ];
        if (inTime && (await comparePast(school, mine, trouble, ports))) found.looked += 1;
        faults.push(...trouble);
      } catch (error) {
        // One school's trouble is not the others'; the run still ends as failed, so that it is seen and retried.
        faults.push(error);
      }
      for (const one of Object.keys(mine) as (keyof Counted)[]) found[one] += mine[one];
      const acted = mine.resent + mine.uncertain + mine.woken + mine.repaired;
      // At once, by school: a run that is cut short has still said what it did.
      if (acted > 0) ports.log.warn('ledger.mended', { school: school.uai, acted, ...mine });
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, lane));
  ports.log.info('ledger.reconciled', { ...found });
  if (faults.length > 0) throw faults[0];
  return found;
}

/** Each of them, whatever became of the one before; what went wrong is answered. */
const each = async <T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<unknown[]> => {
  const faults: unknown[] = [];
  for (const one of all)
    try {
      await act(one);
    } catch (error) {
      // A conflict: somebody settled it since it was read.
      if (!isConflict(error)) faults.push(error);
    }
  return faults;
};

/** Rows whose time to be looked at has come. */
const wake = async (school: Visited, found: Counted, ports: ReconcilePorts): Promise<unknown[]> => {
  const now = ports.clock.system();
  return each(await ports.notifications.all('asleep', { uai: school.uai, now: instant(now) }), async (row) => {
    if (row.state === 'claimed') await doubt(row, found, ports);
    else if (row.state === 'ambiguous') await resolve(row, found, ports);
    else if (isUnsent(row) && !school.paused) await rouse(row, found, ports);
  });
};

const keyOf = ({ uai, date, deliveryId }: Delivery) => ({ uai, date, deliveryId });

/** The worker is gone: nobody knows whether it had sent. SES may. */
const doubt = async (row: Delivery, found: Counted, ports: ReconcilePorts): Promise<void> => {
  const wakeAt = instant(new Date(Date.parse(row.leaseUntil ?? '') + SES_SPEAKS_WITHIN_MS));
  await ports.notifications.write({
    update: 'delivery',
    key: keyOf(row),
    set: { state: 'ambiguous', leaseUntil: undefined, wakeAt },
    when: when('doubt', row.fence),
  });
  found.doubtful += 1;
  ports.log.warn('delivery.doubtful', { delivery: row.deliveryId });
  if (wakeAt <= instant(ports.clock.system())) await resolve({ ...row, state: 'ambiguous' }, found, ports);
};

/** SES said nothing: once, better twice than never; the second time a human calls. */
const resolve = async (row: Delivery, found: Counted, ports: ReconcilePorts): Promise<void> => {
  // A text message costs, and a notification has its mail beside it: only a mail is risked twice.
  if (row.resent || row.channel !== 'email') {
    const handed = await handOver(row, 'abandon', { state: 'unreachable', reason: 'uncertain' }, { ...ports, fence: row.fence });
    if (handed) found.uncertain += 1;
    return;
  }
  const wakeAt = instant(new Date(ports.clock.system().getTime() + LOST_AFTER_MS));
  await ports.notifications.write({
    update: 'delivery',
    key: keyOf(row),
    set: { state: 'pending', resent: true, wakeAt },
    when: when('resend', row.fence),
  });
  found.resent += 1;
  ports.log.warn('delivery.resent', { delivery: row.deliveryId });
  await enqueue([row], ports);
};

/** Its message was lost, or came while the school was paused. */
const rouse = async (row: Delivery, found: Counted, ports: ReconcilePorts): Promise<void> => {
  const wakeAt = instant(new Date(ports.clock.system().getTime() + LOST_AFTER_MS));
  await ports.notifications.write({ update: 'delivery', key: keyOf(row), set: { wakeAt }, when: when('hasten') });
  found.woken += 1;
  await enqueue([row], ports);
};

/** Today and yesterday: what still moves. */
const compareRecent = async (school: Visited, found: Counted, ports: ReconcilePorts): Promise<unknown[]> => {
  const now = today(school, ports);
  return (await Promise.all([now, addDays(now, -1)].map((date) => compare(school, date, found, ports)))).flat();
};

/**
 * Once on each of the school's days, the fortnight before: a consumer that was down for days, a roll call that a telephone kept for a week, a
 * correction of last Friday whose event was lost. Noted when all of it was compared; until then every run tries again.
 */
const comparePast = async (school: Visited, found: Counted, trouble: unknown[], ports: ReconcilePorts): Promise<boolean> => {
  const { uai } = school;
  const now = today(school, ports);
  if (school.comparedOn === now) return false;
  const before = trouble.length;
  for (let back = 2; back < DAYS_COMPARED; back += 1) trouble.push(...(await compare(school, addDays(now, -back), found, ports)));
  if (trouble.length > before) return false;
  await ports.notifications.write({ update: 'school', key: { uai }, set: { comparedOn: now }, when: { present: true } });
  return true;
};

/** What attendance holds of a day against what the ledger follows. */
const compare = async (school: Visited, date: LocalDate, found: Counted, ports: ReconcilePorts): Promise<unknown[]> => {
  const { uai } = school;
  const { notifications, clock, ids, ask } = ports;
  // First, so that what changes here is compared at once.
  const { followed } = await ask(followTimetable, { uai, date });
  found.followed += followed;
  const read = () => ask(episodesOfDay, { uai, date });
  const [episodes, items] = await Promise.all([read(), notifications.all('day', { uai, date })]);
  const revisions = new Map(items.flatMap((item) => (item.entity === 'followed' ? [[item.episodeKey, item.revision] as const] : [])));
  const rows = items.filter((item) => item.entity === 'delivery');
  return each(episodes, async (one) => {
    const known = revisions.get(episodeKey(one, ids));
    const behind = known === undefined ? tells(one) : known < one.revision;
    // Cancelled by a worker that had read the facts as they were a moment before.
    const undone = rows.some((row) => row.episodeId === one.episodeId && row.pupilId === one.pupilId && isWantedAgain(row, one));
    if (!behind && !undone) return;
    if (clock.civil().getTime() - Date.parse(one.savedAt) < YOUNG_MS) return;
    const again = async () =>
      (await read()).find(({ episodeId, pupilId }) => episodeId === one.episodeId && pupilId === one.pupilId) ?? null;
    if (await follow(one, school, again, ports, { mending: behind })) {
      found.repaired += 1;
      ports.log.warn('episode.repaired', { school: uai, episode: one.episodeId });
    }
  });
};

export const handler = runSchedule(manifest.schedules.reconcile, reconcile);
