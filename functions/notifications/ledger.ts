import type { Episode } from '../../shared/attendance/episode.ts';
import { guardiansToTell, school } from '../../shared/directory/questions.ts';
import {
  type Ask,
  type BasePorts,
  Failure,
  type LocalDate,
  local,
  missing,
  type QueuePort,
  type Store,
} from '../../shared/kernel/index.ts';
import type { Call } from '../../shared/notifications/call.ts';
import { type CallReason, type Delivery, FROM, when } from '../../shared/notifications/delivery.ts';
import { callId, episodeKey, expiry } from '../../shared/notifications/keys.ts';
import { delayUntil, due } from '../../shared/notifications/message.ts';
import { type LineWrite, type Now, openCall, type Plan, planEpisode, tells } from '../../shared/notifications/plan.ts';
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

const isDelivery = <R extends { entity: string }>(row: R): row is Extract<R, { entity: 'delivery' }> => row.entity === 'delivery';

/**
 * Brings the ledger to what an episode is: one transaction decided by the database, then a message for every row still to go.
 * `reread` gives the episode again when somebody else was faster. Answers whether anything had to be written. `mending`: it was found by
 * comparing, when it should have come by itself.
 */
export const follow = async (
  episode: Episode,
  visited: Pick<Visited, 'timeZone'>,
  reread: () => Promise<Episode | null>,
  ports: FollowPorts,
  mending = false,
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
    const plan = planEpisode({ episode: current, recipients: entitled, rows, calls, followed, now, belated }, ids);
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
                pupilId,
                episodeId,
                expiresAt: expiry(on, now.system),
              },
            },
          ]
        : [];
    try {
      if (plan.writes.length > 0) await notifications.write(...plan.writes, ...note);
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

/** One message for each row, held back until it is due. */
export const enqueue = async (
  rows: Plan['due'],
  { urgentQueue, clock }: Pick<BasePorts, 'clock'> & { readonly urgentQueue: QueuePort },
): Promise<void> => {
  await Promise.all(rows.map((row) => urgentQueue.send(due(row), delayUntil(row.dueAt, clock.civil()))));
};

/**
 * The line that takes over a row whose mail was not read. A household that was reached about this very episode is left in peace:
 * `line` is then absent and the row alone goes to the list's past.
 */
const lineFor = async (
  row: Delivery,
  now: Now,
  { notifications, ids }: { readonly notifications: Store<typeof table, 'get'>; readonly ids: BasePorts['ids'] },
): Promise<{ readonly callId: string; readonly writes: readonly LineWrite[] }> => {
  const { uai, date, pupilId, episodeId, householdId } = row;
  const id = callId({ uai, date, pupilId, householdId }, ids);
  const known = await notifications.get('call', { uai, date, callId: id });
  if (known && isStanding(known, row)) return { callId: id, writes: [] };
  const open = openCall({ uai, date, callId: id, pupilId, householdId, episodeId }, now);
  // Two at once for the same household: the second finds the line as the first left it.
  return { callId: id, writes: [{ ...open, when: known ? { is: { state: known.state, episodeId: known.episodeId } } : { absent: true } }] };
};

const isStanding = (call: Call, row: Pick<Delivery, 'episodeId' | 'kind'>): boolean =>
  call.state === 'open' || (call.state === 'closed' && call.episodeId === row.episodeId && row.kind === 'absence');

/** Gives a row to a human, in one transaction with the line that shows it. False when the transition was not possible any more. */
export const handOver = async (
  row: Delivery,
  transition: 'abandon' | 'bounce' | 'bouncePassing' | 'complain',
  set: Partial<Pick<Delivery, 'messageId' | 'permanent'>> & { readonly state: Delivery['state']; readonly reason: CallReason },
  {
    fence,
    ...ports
  }: Pick<BasePorts, 'ids' | 'clock'> & {
    readonly fence?: string | undefined;
    readonly notifications: Store<typeof table, 'get' | 'update'>;
  },
): Promise<boolean> => {
  const { uai, date, deliveryId } = row;
  for (let reading = 1; ; reading += 1) {
    const line = await lineFor(row, nowOf(ports), ports);
    try {
      await ports.notifications.write(
        {
          update: 'delivery',
          key: { uai, date, deliveryId },
          set: { ...set, callId: line.callId, wakeAt: undefined, leaseUntil: undefined, heldUntil: undefined },
          when: when(transition, fence),
        },
        ...line.writes,
      );
      return true;
    } catch (error) {
      if (!isConflict(error)) throw error;
      const current = await ports.notifications.get('delivery', { uai, date, deliveryId });
      const possible =
        current && (FROM[transition] as readonly string[]).includes(current.state) && (fence === undefined || current.fence === fence);
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
