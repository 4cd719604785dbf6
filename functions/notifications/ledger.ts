import type { Episode } from '../../shared/attendance/episode.ts';
import { guardiansToTell, school } from '../../shared/directory/questions.ts';
import {
  type Ask,
  type BasePorts,
  Failure,
  instant,
  type LocalDate,
  local,
  missing,
  type QueuePort,
  type Store,
} from '../../shared/kernel/index.ts';
import type { Call } from '../../shared/notifications/call.ts';
import type { Decided } from '../../shared/notifications/decision.ts';
import { type CallReason, type Delivery, FROM, type PushReason, when } from '../../shared/notifications/delivery.ts';
import { callId, deliveryId as deliveryIdOf, episodeKey, expiry } from '../../shared/notifications/keys.ts';
import { delayUntil, due } from '../../shared/notifications/message.ts';
import { afterFailure, type OutOfReach } from '../../shared/notifications/out-of-reach.ts';
import { type LineWrite, LOST_AFTER_MS, type Now, openCall, type Plan, planEpisode, tells } from '../../shared/notifications/plan.ts';
import { type Recipient, recipientsOf } from '../../shared/notifications/recipient.ts';
import type { notifications as table, Visited } from '../../shared/notifications/table.ts';

/** How often facts that somebody else is moving are read again within one call; the event itself is retried after that. */
const READINGS = 5;

export const nowOf = ({ clock }: Pick<BasePorts, 'clock'>): Now => ({ civil: clock.civil(), system: clock.system() });

export const isConflict = (error: unknown): boolean =>
  error instanceof Failure && error.kind === 'conflict' && error.code === 'store.condition-failed';

/** The school as reconciliation knows it; met for the first time, it is noted from now on. */
export const visit = async (
  uai: string,
  { notifications, ask }: { readonly notifications: Store<typeof table, 'get' | 'update'>; readonly ask: Ask },
): Promise<Visited | undefined> => {
  const known = await notifications.get('school', { uai });
  if (known) return known;
  const found = await ask(school, { uai });
  if (!found) return undefined;
  const { timeZone } = found;
  // `uai` is named as well, because the item may be new: its place in the index of schools follows from what is set.
  await notifications.write({ update: 'school', key: { uai }, set: { uai, timeZone } });
  return { uai, timeZone, paused: false };
};

export const today = ({ timeZone }: Pick<Visited, 'timeZone'>, { clock }: Pick<BasePorts, 'clock'>): LocalDate =>
  local(clock.civil(), timeZone).date;

/** Whoever may be told of a pupil at this moment. */
export const recipients = async (uai: string, pupilId: string, on: LocalDate, { ask }: { readonly ask: Ask }): Promise<Recipient[]> => {
  const told = await ask(guardiansToTell, { uai, pupilIds: [pupilId], on });
  return told.filter(({ pupil }) => pupil.pupilId === pupilId).flatMap(recipientsOf);
};

interface FollowPorts extends BasePorts {
  readonly notifications: Store<typeof table, 'get' | 'query' | 'put' | 'update'>;
  readonly ask: Ask;
  readonly urgentQueue: QueuePort;
}

/** Of these people, the accounts that have a browser to notify. */
const accountsWithBrowser = async (
  people: readonly Recipient[],
  { notifications }: { readonly notifications: Store<typeof table, 'query'> },
): Promise<ReadonlySet<string>> => {
  const accounts = [...new Set(people.flatMap(({ accountId }) => accountId ?? []))];
  const found = await Promise.all(accounts.map((personId) => notifications.query('browsers', { personId }, { limit: 1 })));
  return new Set(accounts.filter((_, index) => (found[index]?.items.length ?? 0) > 0));
};

const isDelivery = <R extends { entity: string }>(row: R): row is Extract<R, { entity: 'delivery' }> => row.entity === 'delivery';

/**
 * Brings the ledger to what an episode is: one transaction decided by the database, then a message for every row still to go.
 * `reread` gives the episode again when somebody else was faster. Answers whether anything had to be written. `mending`: it was found by
 * comparing, when it should have come by itself. `decided`: what school life says of one that waited for them.
 */
export const follow = async (
  episode: Episode,
  visited: Pick<Visited, 'timeZone' | 'sms' | 'pushMinutes'>,
  reread: () => Promise<Episode | null>,
  ports: FollowPorts,
  { mending = false, decided }: { readonly mending?: boolean; readonly decided?: Decided } = {},
): Promise<boolean> => {
  const { notifications, urgentQueue, clock, ids } = ports;
  const { uai, date, pupilId, episodeId } = episode;
  const on = today(visited, ports);
  let current = episode;
  for (let reading = 1; ; reading += 1) {
    const [found, entitled] = await Promise.all([
      notifications.all('episode', { uai, date, episodeKey: episodeKey(current, ids) }),
      recipients(uai, pupilId, on, ports),
    ]);
    const rows = found.filter(isDelivery);
    const followed = found.find((item) => item.entity === 'followed');
    const decision = found.find((item) => item.entity === 'decision');
    const lines = [...new Set(rows.flatMap((row) => row.callId ?? []))];
    const calls =
      lines.length === 0
        ? []
        : await notifications.getMany(
            'call',
            lines.map((id) => ({ uai, date, callId: id })),
          );
    const now = nowOf(ports);
    const belated = mending || (date < on && tells(current));
    const withBrowser = await accountsWithBrowser(entitled, ports);
    const plan = planEpisode(
      {
        ...{ episode: current, recipients: entitled, rows, calls, followed, decision, settings: visited, withBrowser, now, belated },
        ...(decision?.state === 'open' && { decided }),
      },
      ids,
    );
    const note =
      date < on && plan.late
        ? [
            {
              put: 'toldLate' as const,
              item: {
                uai,
                date: on,
                episodeKey: episodeKey(current, ids),
                of: date,
                dueAt: current.dueAt,
                at: instant(now.civil),
                pupilId,
                episodeId,
                expiresAt: expiry(on, now.system),
              },
            },
          ]
        : [];
    const unreached = await withoutAddress(plan, now, ports);
    try {
      if (plan.writes.length > 0) await notifications.write(...plan.writes, ...note, ...unreached);
      await enqueue(plan.due, { urgentQueue, clock });
      return plan.writes.length > 0;
    } catch (error) {
      if (!isConflict(error) || reading === READINGS) throw error;
      const again = await reread();
      if (!again) return false;
      current = again;
    }
  }
};

/** Who is on the call list from the start, because there is no address: noted with it. */
const withoutAddress = async ({ writes }: Plan, now: Now, { notifications }: Pick<FollowPorts, 'notifications'>) => {
  const rows = writes.flatMap((write) =>
    'put' in write && write.put === 'delivery' && write.item.reason === 'no-address' ? [write.item] : [],
  );
  if (rows.length === 0) return [];
  const known = await notifications.getMany(
    'outOfReach',
    rows.map(({ uai, guardianId }) => ({ uai, guardianId })),
  );
  return rows.flatMap((row) =>
    noted(
      row,
      known.find(({ guardianId }) => guardianId === row.guardianId),
      false,
      now,
    ),
  );
};

/** The lasting state of a person whom one more message did not reach. */
const noted = (row: Parameters<typeof afterFailure>[0], known: OutOfReach | undefined, lasting: boolean, now: Now) => {
  const item = afterFailure(row, known, { lasting, at: instant(now.civil) });
  return item ? [{ put: 'outOfReach' as const, item }] : [];
};

/** One message for each row, held back until it is due. */
export const enqueue = async (
  rows: Plan['due'],
  { urgentQueue, clock }: Pick<BasePorts, 'clock'> & { readonly urgentQueue: QueuePort },
): Promise<void> => {
  await Promise.all(rows.map((row) => urgentQueue.send(due(row), delayUntil(row.dueAt, clock.civil()))));
};

type HandPorts = Pick<BasePorts, 'ids' | 'clock'> & {
  readonly notifications: Store<typeof table, 'get' | 'put' | 'update'>;
  readonly urgentQueue: QueuePort;
};

/** What takes over a row that reached nobody: the writes that put it there, and the row to look at, if it is one. */
interface Successor {
  readonly callId?: string;
  readonly writes: readonly (LineWrite | { readonly put: 'delivery'; readonly item: Delivery; readonly when: { readonly absent: true } })[];
  readonly next?: Delivery;
}

/**
 * A notification has its mail beside it and needs nothing. A mail whose person takes text messages gives way to one, and all else to the
 * household's line of the call list; one that was reached about this very episode is left in peace.
 */
const successorOf = async (row: Delivery, now: Now, { notifications, ids }: HandPorts): Promise<Successor> => {
  const { uai, date, pupilId, episodeId, householdId, kind, guardianId, expiresAt } = row;
  if (row.channel === 'push' || row.channel === 'portal') return { writes: [] };
  if (row.fallback === 'sms') {
    const channel = 'sms' as const;
    const deliveryId = deliveryIdOf({ uai, date, pupilId, episodeId, kind, guardianId, channel }, ids);
    if (await notifications.get('delivery', { uai, date, deliveryId })) return { writes: [] };
    const next: Delivery = {
      ...{ uai, date, deliveryId, pupilId, episodeId, guardianId, householdId, kind, channel, expiresAt },
      ...{ state: 'pending', dueAt: instant(now.civil), wakeAt: instant(new Date(now.system.getTime() + LOST_AFTER_MS)) },
      ...{ attempts: 0, resent: false, late: row.late ?? false },
    };
    return { writes: [{ put: 'delivery', item: next, when: { absent: true } }], next };
  }
  const id = callId({ uai, date, pupilId, householdId }, ids);
  const known = await notifications.get('call', { uai, date, callId: id });
  if (known && isStanding(known, row)) return { callId: id, writes: [] };
  const open = openCall({ uai, date, callId: id, pupilId, householdId, episodeId }, now);
  // Two at once for the same household: the second finds the line as the first left it.
  return { callId: id, writes: [{ ...open, when: known ? { is: { state: known.state, episodeId: known.episodeId } } : { absent: true } }] };
};

const isStanding = (call: Call, row: Pick<Delivery, 'episodeId' | 'kind'>): boolean =>
  call.state === 'open' || (call.state === 'closed' && call.episodeId === row.episodeId && row.kind === 'absence');

/** Gives a row up, in one transaction with what takes over. False when the transition was not possible any more. */
export const handOver = async (
  row: Delivery,
  transition: 'abandon' | 'bounce' | 'bounceAfterPassing' | 'bouncePassing' | 'complain',
  set: Partial<Pick<Delivery, 'messageId' | 'permanent'>> & { readonly state: Delivery['state']; readonly reason: CallReason | PushReason },
  { fence, ...ports }: HandPorts & { readonly fence?: string | undefined },
): Promise<boolean> => {
  const { uai, date, deliveryId } = row;
  for (let reading = 1; ; reading += 1) {
    const now = nowOf(ports);
    const { callId: line, writes, next } = await successorOf(row, now, ports);
    // A text message takes over where there is one: only what ends in a human's hands is out of reach.
    const known = line === undefined ? undefined : await ports.notifications.get('outOfReach', { uai, guardianId: row.guardianId });
    const lasting = set.permanent === true || set.reason === 'complaint' || set.reason === 'refused';
    const note = line === undefined ? [] : noted({ ...row, reason: set.reason }, known, lasting, now);
    try {
      await ports.notifications.write(
        {
          update: 'delivery',
          key: { uai, date, deliveryId },
          set: { ...set, callId: line, wakeAt: undefined, leaseUntil: undefined, heldUntil: undefined },
          when: when(transition, fence),
        },
        ...writes,
        ...note,
      );
      if (next) await enqueue([next], ports);
      return true;
    } catch (error) {
      if (!isConflict(error)) throw error;
      const current = await ports.notifications.get('delivery', { uai, date, deliveryId });
      const possible =
        current &&
        (FROM[transition] as readonly string[]).includes(current.state) &&
        (fence === undefined || current.fence === fence) &&
        (transition !== 'bounceAfterPassing' || current.permanent === false);
      if (!possible) return false;
      if (reading === READINGS) throw error;
    }
  }
};

/** School life's own hand on a row: only while it is unsent. Done already is done. */
export const changeUnsent = async (
  key: { readonly uai: string; readonly date: LocalDate; readonly deliveryId: string },
  transition: 'hold' | 'release' | 'hasten',
  change: (row: Delivery) => Partial<Pick<Delivery, 'state' | 'dueAt' | 'heldUntil' | 'wakeAt'>>,
  { notifications }: { readonly notifications: Store<typeof table, 'get' | 'update'> },
): Promise<Pick<Delivery, 'deliveryId' | 'state' | 'dueAt' | 'heldUntil'>> => {
  const row = await notifications.get('delivery', key);
  if (!row) throw missing();
  const set = change(row);
  const { deliveryId } = key;
  if (transition !== 'hasten' && row.state === set.state)
    return { deliveryId, state: row.state, dueAt: row.dueAt, heldUntil: row.heldUntil };
  try {
    await notifications.write({ update: 'delivery', key, set, when: when(transition) });
  } catch (error) {
    if (isConflict(error)) throw new Failure('conflict', 'notifications.already-gone', { state: row.state });
    throw error;
  }
  const { state, dueAt, heldUntil } = { ...row, ...set };
  return { deliveryId, state, dueAt, heldUntil };
};
