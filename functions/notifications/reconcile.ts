import { episodesOfDay } from '../../shared/attendance/questions.ts';
import { addDays, instant } from '../../shared/kernel/index.ts';
import { type Delivery, isUnsent, when } from '../../shared/notifications/delivery.ts';
import { episodeKey } from '../../shared/notifications/keys.ts';
import { isWantedAgain, LOST_AFTER_MS, tells } from '../../shared/notifications/plan.ts';
import type { Visited } from '../../shared/notifications/table.ts';
import { runSchedule } from '../runtime/run-schedule.ts';
import { enqueue, follow, handOver, isConflict, today } from './ledger.ts';
import manifest, { type ReconcilePorts } from './manifest.ts';

/** After a claim ran out: as long SES is given to say whether it has the mail. */
export const SES_SPEAKS_WITHIN_MS = 15 * 60_000;
/** An absence this young is on its way. */
const YOUNG_MS = 120_000;
/** Schools looked at side by side. */
const ABREAST = 8;

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
}

/**
 * Compares facts with the ledger and mends what any hop lost: every quarter of an hour, each thing once. It decides nothing itself:
 * whatever it finds goes the ordinary way, so that running twice, late or beside the workers does no harm.
 */
export async function reconcile(ports: ReconcilePorts): Promise<Found> {
  const found: Found = { schools: 0, doubtful: 0, resent: 0, uncertain: 0, woken: 0, repaired: 0 };
  const schools = await ports.notifications.all('schools', {});
  const queue = [...schools];
  let failed: unknown;
  const lane = async () => {
    for (let school = queue.shift(); school; school = queue.shift())
      try {
        found.schools += 1;
        await wake(school, found, ports);
        await compare(school, found, ports);
      } catch (error) {
        // One school's trouble is not the others'; the run still ends as failed, so that it is seen and retried.
        failed = error;
      }
  };
  await Promise.all(Array.from({ length: ABREAST }, lane));
  ports.log.info('ledger.reconciled', { ...found });
  if (failed) throw failed;
  return found;
}

/** Rows whose time to be looked at has come. */
const wake = async (school: Visited, found: Found, ports: ReconcilePorts): Promise<void> => {
  const now = ports.clock.system();
  for (const row of await ports.notifications.all('asleep', { uai: school.uai, now: instant(now) })) {
    try {
      if (row.state === 'claimed') await doubt(row, found, ports);
      else if (row.state === 'ambiguous') await resolve(row, found, ports);
      else if (isUnsent(row) && !school.paused) await rouse(row, found, ports);
    } catch (error) {
      // Settled since the index was written.
      if (!isConflict(error)) throw error;
    }
  }
};

const keyOf = ({ uai, date, deliveryId }: Delivery) => ({ uai, date, deliveryId });

/** The worker is gone: nobody knows whether it had sent. SES may. */
const doubt = async (row: Delivery, found: Found, ports: ReconcilePorts): Promise<void> => {
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
const resolve = async (row: Delivery, found: Found, ports: ReconcilePorts): Promise<void> => {
  if (row.resent) {
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
const rouse = async (row: Delivery, found: Found, ports: ReconcilePorts): Promise<void> => {
  const wakeAt = instant(new Date(ports.clock.system().getTime() + LOST_AFTER_MS));
  await ports.notifications.write({ update: 'delivery', key: keyOf(row), set: { wakeAt }, when: when('hasten') });
  found.woken += 1;
  await enqueue([row], ports);
};

/** What attendance holds of today and yesterday against what the ledger follows. */
const compare = async (school: Visited, found: Found, ports: ReconcilePorts): Promise<void> => {
  const { uai } = school;
  const { notifications, clock, ids, ask } = ports;
  const now = today(school, ports);
  for (const date of [now, addDays(now, -1)]) {
    const read = () => ask(episodesOfDay, { uai, date });
    const [episodes, items] = await Promise.all([read(), notifications.all('day', { uai, date })]);
    const revisions = new Map(items.flatMap((item) => (item.entity === 'followed' ? [[item.episodeKey, item.revision] as const] : [])));
    const rows = items.filter((item) => item.entity === 'delivery');
    for (const one of episodes) {
      const known = revisions.get(episodeKey(one, ids));
      const behind = known === undefined ? tells(one) : known < one.revision;
      // Cancelled by a worker that had read the facts as they were a moment before.
      const undone = rows.some((row) => row.episodeId === one.episodeId && row.pupilId === one.pupilId && isWantedAgain(row, one));
      if (!behind && !undone) continue;
      if (clock.civil().getTime() - Date.parse(one.savedAt) < YOUNG_MS) continue;
      const again = async () =>
        (await read()).find(({ episodeId, pupilId }) => episodeId === one.episodeId && pupilId === one.pupilId) ?? null;
      if (await follow(one, school, again, ports)) {
        found.repaired += 1;
        ports.log.warn('episode.repaired', { school: uai, episode: one.episodeId });
      }
    }
  }
};

export const handler = runSchedule(manifest.schedules.reconcile, reconcile);
