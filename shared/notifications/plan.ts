import type { Episode } from '../attendance/episode.ts';
import { type Ids, type Instant, instant, type Write } from '../kernel/index.ts';
import type { Call } from './call.ts';
import type { Decided, Decision } from './decision.ts';
import {
  type CallReason,
  type CancelReason,
  type Delivery,
  type DeliveryKind,
  HOLD_MINUTES,
  isLate,
  isUnsent,
  mayHaveBeenTold,
  needsCall,
  when,
} from './delivery.ts';
import { addressKey, callId, deliveryId, episodeKey, expiry } from './keys.ts';
import { addressOf, type ChannelSettings, endsInCall, type Step, stepsOf } from './ladder.ts';
import type { Recipient } from './recipient.ts';
import type { Followed, notifications } from './table.ts';

type LedgerWrite = Write<typeof notifications, 'put' | 'update'>;
export type LineWrite = Extract<Write<typeof notifications, 'update'>, { update: 'call' }>;

/** After a message should have been looked at, and before reconciliation takes it for lost. */
export const LOST_AFTER_MS = 120_000;

/** The real instant at which a civil one comes. */
export const systemTime = (civil: Instant, now: Now): number => now.system.getTime() + (Date.parse(civil) - now.civil.getTime());

export interface Now {
  readonly civil: Date;
  readonly system: Date;
}

export interface Facts {
  readonly episode: Episode;
  /** Entitled at this moment. */
  readonly recipients: readonly Recipient[];
  readonly rows: readonly Delivery[];
  /** Call-list lines that rows of this episode point to. */
  readonly calls: readonly Call[];
  readonly followed: Followed | undefined;
  /** Whether it was left to school life to tell, and what they said. */
  readonly decision?: Decision | undefined;
  /** What they say now, to be put down with what follows from it. */
  readonly decided?: Decided | undefined;
  readonly settings: ChannelSettings;
  /** Accounts that have a browser to notify. */
  readonly withBrowser: ReadonlySet<string>;
  readonly now: Now;
  /** Somebody should have planned this before: reconciliation found it, or its day is over. */
  readonly belated?: boolean;
}

export interface Plan {
  /** One transaction: all of it holds, or somebody else moved something and the facts are read again. */
  readonly writes: readonly LedgerWrite[];
  /** Rows to look at when they are due, whether this plan made them or an earlier one whose message was lost. */
  readonly due: readonly Pick<Delivery, 'uai' | 'date' | 'deliveryId' | 'dueAt'>[];
  /** Somebody is told later than they should have been. */
  readonly late: boolean;
}

/** Families are told of it: being over does not make an absence known. */
export const tells = ({ state }: Pick<Episode, 'state'>): boolean => state === 'open' || state === 'ended';

/** What there is to say of an episode to those told of the absence. */
export const FOLLOW_UP: Partial<Record<Episode['state'], DeliveryKind>> = {
  arrived: 'arrived',
  cancelled: 'wrongly-marked',
  'not-held': 'not-held',
  'not-absent': 'not-absent',
};

/** Rows cancelled for these reasons are wanted again when the facts say so; « not told » is final. */
const REVIVABLE: readonly Delivery['reason'][] = ['put-right', 'not-entitled', 'announced', 'known'];
const isRevivable = ({ state, reason }: Pick<Delivery, 'state' | 'reason'>): boolean => state === 'cancelled' && REVIVABLE.includes(reason);

/** The row was cancelled, yet says what the episode now is: whether its person is still entitled is for the plan to ask. */
export const isWantedAgain = (row: Delivery, episode: Pick<Episode, 'state' | 'announcedBy'>): boolean =>
  isRevivable(row) &&
  row.kind === (tells(episode) ? 'absence' : FOLLOW_UP[episode.state]) &&
  !(row.kind === 'absence' && row.guardianId === episode.announcedBy);

/**
 * What the ledger lacks to say what an episode now is. Pure, and run again as often as one likes: what is there already is left alone,
 * so a replayed event, a reconciliation and two consumers at once come to the same rows.
 */
export const planEpisode = (
  { episode, recipients, rows, calls, followed, decision, decided, settings, withBrowser, now, belated = false }: Facts,
  ids: Pick<Ids, 'natural'>,
): Plan => {
  if (followed && followed.revision > episode.revision) return { writes: [], due: [], late: false };
  const { uai, date, pupilId, episodeId } = episode;
  const expiresAt = expiry(date, now.system);
  const byId = new Map(rows.map((row) => [row.deliveryId, row]));
  const entitled = new Map(recipients.map((one) => [one.personId, one]));
  const writes: LedgerWrite[] = [];
  const due: Plan['due'][number][] = [];
  const toCall = new Map<string, string>();
  let tellsLate = false;

  const wakeAt = (dueAt: Instant): Instant => instant(new Date(systemTime(dueAt, now) + LOST_AFTER_MS));
  const move = (row: Delivery, transition: Parameters<typeof when>[0], set: Partial<Record<keyof Delivery, unknown>>) =>
    void writes.push({
      update: 'delivery',
      key: { uai, date, deliveryId: row.deliveryId },
      set,
      when: when(transition),
    } as LedgerWrite);
  const cancel = (row: Delivery, reason: CancelReason) =>
    move(row, 'cancel', { state: 'cancelled', reason, wakeAt: undefined, heldUntil: undefined });
  const call = (householdId: string): string => {
    const id = callId({ uai, date, pupilId, householdId }, ids);
    toCall.set(id, householdId);
    return id;
  };

  const toldLate = (dueAt: Instant): boolean => {
    const late = isLate({ dueAt }, now.civil) || (belated && !decided && Date.parse(dueAt) <= now.civil.getTime());
    tellsLate ||= late;
    return late;
  };
  const ladderOf = (one: Recipient) => stepsOf(one, one.accountId !== undefined && withBrowser.has(one.accountId), settings);

  /** One message to one person: by the steps of their ladder, and by telephone when no mail or SMS is among them. */
  const want = (
    one: Recipient,
    kind: DeliveryKind,
    dueAt: Instant,
    reason: CallReason = 'no-address',
    steps: readonly Step[] = ladderOf(one),
    calls = endsInCall(steps),
  ) => {
    const { personId: guardianId, householdId } = one;
    const said = rows.filter((other) => other.kind === kind && other.guardianId === guardianId && other.state !== 'cancelled');
    const wanted = [...steps.map((step) => step.channel), ...(calls ? (['phone'] as const) : [])];
    for (const channel of wanted) {
      const id = deliveryId({ uai, date, pupilId, episodeId, kind, guardianId, channel }, ids);
      const row = { uai, date, pupilId, episodeId, kind, guardianId, householdId, channel } as const;
      const known = byId.get(id);
      if (known && !isRevivable(known)) {
        if (isUnsent(known)) due.push({ ...known, dueAt: known.heldUntil ?? known.dueAt });
        continue;
      }
      // A line on the call list for the same message is enough, even if an address has come since; and the other way round.
      if (!known && said.length > 0 && reason !== 'told-otherwise') continue;
      const step = steps.find((other) => other.channel === channel);
      if (step) {
        const at = instant(new Date(Date.parse(dueAt) + step.after * 60_000));
        const address = addressOf(step.channel, one, settings);
        // What corrects a message is never kept from who was told.
        const heldUntil =
          episode.asks === 'check' && kind === 'absence' ? instant(new Date(Date.parse(at) + HOLD_MINUTES * 60_000)) : undefined;
        const leavesAt = heldUntil ?? at;
        const set = {
          ...(heldUntil === undefined ? { state: 'pending' as const } : { state: 'held' as const, heldUntil }),
          dueAt: at,
          late: toldLate(leavesAt),
          wakeAt: wakeAt(leavesAt),
          ...(address !== undefined && { addressKey: addressKey(uai, address, ids) }),
          ...(step.fallback !== undefined && { fallback: step.fallback }),
        } as const;
        if (known) move(known, 'revive', { ...set, reason: undefined });
        else writes.push({ put: 'delivery', item: { ...row, ...set, deliveryId: id, expiresAt }, when: { absent: true } });
        due.push({ uai, date, deliveryId: id, dueAt: leavesAt });
      } else {
        const set = { state: 'unreachable', reason, late: toldLate(dueAt), callId: call(householdId) } as const;
        if (known) move(known, 'revive', set);
        else writes.push({ put: 'delivery', item: { ...row, ...set, deliveryId: id, dueAt, expiresAt }, when: { absent: true } });
      }
    }
  };

  const telling = tells(episode);
  const followUp = FOLLOW_UP[episode.state];
  const key = episodeKey(episode, ids);
  // Who was told, or is about to be, need not be decided about again.
  const asked = telling && episode.asks === 'late' && !rows.some(({ kind, state }) => kind === 'absence' && state !== 'cancelled');
  const said = decided?.state ?? (decision?.state === 'sent' || decision?.state === 'kept' ? decision.state : undefined);
  const undecided = asked && said === undefined;
  const announcer = (row: Pick<Delivery, 'guardianId'>) => row.guardianId === episode.announcedBy;

  for (const row of rows.filter(isUnsent)) {
    if (episode.state === 'silent') cancel(row, 'known');
    else if (row.kind !== (telling ? 'absence' : followUp)) cancel(row, 'put-right');
    else if (!entitled.has(row.guardianId)) cancel(row, 'not-entitled');
    else if (telling && announcer(row)) cancel(row, 'announced');
  }

  if (telling && !(asked && said !== 'sent')) {
    // What comes to be wanted of an episode that was followed already is due when it is wanted.
    const dueAt = followed ? instant(new Date(Math.max(Date.parse(episode.dueAt), now.civil.getTime()))) : episode.dueAt;
    for (const one of recipients) {
      if (one.personId === episode.announcedBy) continue;
      const takenBack = rows.some(
        (row) => row.kind !== 'absence' && row.guardianId === one.personId && !isUnsent(row) && row.state !== 'cancelled',
      );
      // One message for each kind and episode: told of it, then of a mistake, and absent after all is for a human voice.
      if (takenBack) want(one, 'absence', dueAt, 'told-otherwise', [], true);
      else want(one, 'absence', dueAt);
    }
    if (recipients.length === 0)
      want(
        { personId: pupilId, familyName: '', givenName: '', language: 'fr', householdId: pupilId, self: true },
        'absence',
        dueAt,
        'nobody-to-tell',
      );
  }

  if (followUp) {
    const spoken = new Set(calls.filter(({ outcome, state }) => state === 'closed' && outcome !== undefined).map((one) => one.callId));
    const at = instant(now.civil);
    for (const [guardianId, first] of Map.groupBy(
      rows.filter(({ kind }) => kind === 'absence'),
      (row) => row.guardianId,
    )) {
      const one = entitled.get(guardianId);
      if (!one) continue;
      const hasSpoken = first.some((row) => needsCall(row) && row.callId !== undefined && spoken.has(row.callId));
      const inPortal = first.some((row) => row.channel === 'portal' && mayHaveBeenTold(row));
      if (first.some((row) => row.channel !== 'portal' && mayHaveBeenTold(row))) want(one, followUp, at);
      else if (hasSpoken) {
        const key = one.email === undefined ? undefined : addressKey(uai, one.email, ids);
        const dead = first.some((row) => row.channel === 'email' && needsCall(row) && row.addressKey === key);
        if (key !== undefined && dead) want(one, followUp, at, 'bounced', [], true);
        else want(one, followUp, at);
      } else if (inPortal) want(one, followUp, at, 'no-address', [{ channel: 'portal', after: 0 }], false);
    }
    // Nobody called yet, and there is nothing to call about any more.
    for (const line of calls)
      if (line.state === 'open' && line.episodeId === episodeId && !toCall.has(line.callId))
        writes.push({
          update: 'call',
          key: { uai, date, callId: line.callId },
          set: { state: 'spared', openSince: undefined },
          when: { is: { state: 'open', episodeId } },
        });
  }

  const settle = (set: Partial<Decision>, from: Decision['state']) =>
    writes.push({ update: 'decision', key: { uai, date, episodeKey: key }, set, when: { in: { state: [from] } } });
  const open = { state: 'open', openSince: episode.savedAt } as const;
  if (asked && decided)
    settle({ state: decided.state, decidedBy: decided.by, decidedAt: instant(now.civil), openSince: undefined }, 'open');
  else if (undecided && !decision) {
    const { startMinute, savedAt } = episode;
    const item = { uai, date, episodeKey: key, pupilId, episodeId, startMinute, savedAt, ...open, expiresAt };
    writes.push({ put: 'decision', item, when: { absent: true } });
  } else if (undecided && decision?.state === 'void') settle(open, 'void');
  else if (!undecided && decision?.state === 'open') settle({ state: 'void', openSince: undefined }, 'open');

  for (const [id, householdId] of toCall) writes.push(openCall({ uai, date, callId: id, pupilId, householdId, episodeId }, now));
  if (followed?.revision !== episode.revision || followed.state !== episode.state)
    writes.push({
      put: 'followed',
      item: {
        uai,
        date,
        episodeKey: key,
        pupilId,
        episodeId,
        state: episode.state,
        revision: episode.revision,
        expiresAt,
      },
      when: { below: { revision: episode.revision + 1 } },
    });
  else if (writes.length > 0)
    writes.push({
      check: 'followed',
      key: { uai, date, episodeKey: key },
      when: { below: { revision: episode.revision + 1 } },
    });
  return { writes, due, late: tellsLate };
};

/** Opens a household's line, or opens it again for something new to say. */
export const openCall = (line: Pick<Call, 'uai' | 'date' | 'callId' | 'pupilId' | 'householdId' | 'episodeId'>, now: Now): LineWrite => {
  const { uai, date, callId: id, pupilId, householdId, episodeId } = line;
  return {
    update: 'call',
    key: { uai, date, callId: id },
    set: {
      pupilId,
      householdId,
      episodeId,
      state: 'open',
      openedAt: instant(now.civil),
      openSince: instant(now.civil),
      outcome: undefined,
      reachedId: undefined,
      tries: 0,
      expiresAt: expiry(date, now.system),
    },
  };
};
