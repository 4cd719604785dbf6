import { ANSWER_LINK, ANSWER_LINK_DAYS, type AnswerLink } from '../../shared/attendance/answer.ts';
import type { Episode } from '../../shared/attendance/episode.ts';
import { episode } from '../../shared/attendance/questions.ts';
import { guardiansToTell, school } from '../../shared/directory/questions.ts';
import { instant, type MailMessage } from '../../shared/kernel/index.ts';
import { type Delivery, isLate, isUnsent, mayHaveBeenTold, wasAccepted, when } from '../../shared/notifications/delivery.ts';
import { addressKey, episodeKeyOf, toTag } from '../../shared/notifications/keys.ts';
import { compose } from '../../shared/notifications/mail/compose.ts';
import { DeliveryDue, delayUntil, due } from '../../shared/notifications/message.ts';
import { FOLLOW_UP, LOST_AFTER_MS, tells } from '../../shared/notifications/plan.ts';
import { type Recipient, recipientsOf } from '../../shared/notifications/recipient.ts';
import { refusalOf } from '../../shared/notifications/refusal.ts';
import type { Visited } from '../../shared/notifications/table.ts';
import { faultOf } from '../runtime/log.ts';
import { signLink } from '../runtime/signed-link.ts';
import { work } from '../runtime/work.ts';
import { handOver, isConflict, today } from './ledger.ts';
import manifest, { type SendMailPorts, WORKERS } from './manifest.ts';

/** Longer than the function may run: whoever lost the lease is not running any more. */
export const LEASE_MS = 60_000;
/** Left of the lease below which nothing is sent any more. */
const ENOUGH_MS = 20_000;
/** Until a row that shares the address is settled. */
const SIBLING_SECONDS = 60;
const RECORD_TRIES = 3;
/** Until a quota is new, an account unpaused, a sender mended: as long as the queue can hold a message back. */
const LONG_SECONDS = 900;
/** Doubles from 2 s, up to a quarter of an hour. */
const backoff = (attempts: number): number => Math.min(LONG_SECONDS, 2 ** Math.min(attempts + 1, 10));
/** Urgent mail's part of the sending rate. */
export const SHARE = 0.7;

type Row = Delivery & { entity: 'delivery' };
type Fate =
  | { readonly kind: 'send'; readonly to: Recipient; readonly address: string }
  | { readonly kind: 'cancel'; readonly reason: 'put-right' | 'not-entitled' | 'announced' | 'known' | 'not-told' }
  | { readonly kind: 'call'; readonly reason: 'no-address' | 'bounced' }
  | { readonly kind: 'move'; readonly addressKey: string }
  | { readonly kind: 'wait' };

/** Moves a row that this worker holds. A conflict means that somebody else settled it meanwhile, which is no less settled. */
const settle = async (
  row: Row,
  transition: 'giveBack' | 'cancelClaimed' | 'accept',
  set: Partial<Row>,
  { notifications }: SendMailPorts,
) => {
  try {
    await notifications.write({
      update: 'delivery',
      key: { uai: row.uai, date: row.date, deliveryId: row.deliveryId },
      set: { leaseUntil: undefined, wakeAt: undefined, ...set },
      when: when(transition, row.fence),
    });
    return true;
  } catch (error) {
    if (!isConflict(error)) throw error;
    return false;
  }
};

/** Back to waiting, with a message of its own: nothing was sent. */
const giveBack = async (row: Row, seconds: number, ports: SendMailPorts, set: Partial<Row> = {}) => {
  const wakeAt = instant(new Date(ports.clock.system().getTime() + seconds * 1000 + LOST_AFTER_MS));
  if (await settle(row, 'giveBack', { state: 'pending', fence: undefined, ...set, wakeAt }, ports))
    await ports.urgentQueue.send(due(row), seconds);
};

interface Letter {
  readonly message: MailMessage;
  /** Rows that this one mail settles. */
  readonly rows: readonly Row[];
}

/** Whether there is anything to say of the episode, as it is now, to the person of this row. `spoken`: lines somebody was reached on. */
const stillToSay = (row: Row, rows: readonly Row[], spoken: ReadonlySet<string>, now: Episode | null): Fate | undefined => {
  if (!now) return { kind: 'cancel', reason: 'put-right' };
  if (now.state === 'silent') return { kind: 'cancel', reason: 'known' };
  if (row.kind === 'absence') {
    if (!tells(now)) return { kind: 'cancel', reason: 'put-right' };
    return now.announcedBy === row.guardianId ? { kind: 'cancel', reason: 'announced' } : undefined;
  }
  if (FOLLOW_UP[now.state] !== row.kind) return { kind: 'cancel', reason: 'put-right' };
  const first = rows.filter(({ kind, guardianId }) => kind === 'absence' && guardianId === row.guardianId);
  if (first.some(({ state }) => state === 'claimed' || state === 'ambiguous')) return { kind: 'wait' };
  // Sent, perhaps sent, or told by telephone: only then is there something to take back.
  const told = first.some((one) => mayHaveBeenTold(one) || (one.callId !== undefined && spoken.has(one.callId)));
  return told ? undefined : { kind: 'cancel', reason: 'not-told' };
};

const readRows = async (
  { uai, date, deliveryId }: Pick<Row, 'uai' | 'date' | 'deliveryId'>,
  { notifications }: SendMailPorts,
): Promise<Row[]> =>
  (await notifications.all('episode', { uai, date, episodeKey: episodeKeyOf(deliveryId) })).filter((item) => item.entity === 'delivery');

/** Takes every row of the group in one transaction; `undefined` when another worker has one of them. */
const claim = async (group: readonly Row[], ports: SendMailPorts): Promise<{ fence: string; leaseUntil: Date } | undefined> => {
  const fence = ports.ids.next('k');
  const leaseUntil = new Date(ports.clock.system().getTime() + LEASE_MS);
  const set = { state: 'claimed', fence, leaseUntil: instant(leaseUntil), wakeAt: instant(leaseUntil) } as const;
  try {
    await ports.notifications.write(
      ...group.map(({ uai, date, deliveryId }) => ({
        update: 'delivery' as const,
        key: { uai, date, deliveryId },
        set,
        when: when('claim'),
      })),
    );
    return { fence, leaseUntil };
  } catch (error) {
    if (!isConflict(error)) throw error;
    return undefined;
  }
};

/**
 * Reads right, address, episode and the rows beside, now that nobody else can send, and sorts the claimed rows: those that may not go
 * are settled otherwise, one mail is written for the rest. `settledBy` is the mail that already reached this address.
 */
const prepare = async (
  row: Row,
  group: readonly Row[],
  fence: string,
  zone: Parameters<typeof today>[0],
  ports: SendMailPorts,
): Promise<(Letter & { readonly settledBy?: string | undefined }) | undefined> => {
  const { clock, ids } = ports;
  const { uai, date, pupilId, episodeId, kind } = row;
  const on = today(zone, ports);
  const guardianIds = group.map(({ guardianId }) => guardianId);
  // Whether a pupil of age is told depends on who else is.
  const among = guardianIds.includes(pupilId) ? {} : { guardianIds };
  const [current, [told], place, rows] = await Promise.all([
    ports.ask(episode, { uai, date, pupilId, episodeId }),
    ports.ask(guardiansToTell, { uai, pupilIds: [pupilId], on, ...among }),
    ports.ask(school, { uai }),
    readRows(row, ports),
  ]);
  const lines = kind === 'absence' ? [] : [...new Set(rows.flatMap(({ callId }) => callId ?? []))];
  const calls =
    lines.length === 0
      ? []
      : await ports.notifications.getMany(
          'call',
          lines.map((callId) => ({ uai, date, callId })),
        );
  const spoken = new Set(calls.filter(({ state }) => state === 'closed').map(({ callId }) => callId));
  const mine = rows.filter((one) => one.fence === fence && one.state === 'claimed');
  const others = rows.filter((one) => one.fence !== fence && one.channel === 'email');
  const entitled = new Map((told ? recipientsOf(told) : []).map((one) => [one.personId, one]));

  const fateOf = (one: Row): Fate => {
    const silent = stillToSay(one, rows, spoken, current);
    if (silent) return silent;
    const to = entitled.get(one.guardianId);
    if (!to) return { kind: 'cancel', reason: 'not-entitled' };
    if (to.email === undefined) return { kind: 'call', reason: 'no-address' };
    const address = addressKey(uai, to.email, ids);
    if (address !== one.addressKey) return { kind: 'move', addressKey: address };
    const beside = others.filter((other) => other.addressKey === address);
    if (beside.some(({ state, permanent }) => state === 'complained' || (state === 'bounced' && permanent === true)))
      return { kind: 'call', reason: 'bounced' };
    return beside.some((other) => other.kind === kind && (other.state === 'claimed' || other.state === 'ambiguous'))
      ? { kind: 'wait' }
      : { kind: 'send', to, address: to.email };
  };

  const sendable: { row: Row; to: Recipient; address: string }[] = [];
  for (const one of mine) {
    const fate = fateOf(one);
    if (fate.kind === 'cancel') await settle(one, 'cancelClaimed', { state: 'cancelled', reason: fate.reason }, ports);
    else if (fate.kind === 'call') await handOver(one, 'abandon', { state: 'unreachable', reason: fate.reason }, { ...ports, fence });
    else if (fate.kind === 'move') await giveBack(one, 0, ports, { addressKey: fate.addressKey });
    else if (fate.kind === 'wait' || !place) await giveBack(one, SIBLING_SECONDS, ports);
    else sendable.push({ row: one, to: fate.to, address: fate.address });
  }
  const [first] = sendable;
  if (!first || !current || !told || !place) return undefined;

  const link: AnswerLink = { uai, date, pupilId, episodeId, guardianId: first.to.personId };
  const expires = new Date(clock.system().getTime() + ANSWER_LINK_DAYS * 86_400_000);
  // There is nothing to answer to a message that takes another one back.
  const token =
    kind === 'wrongly-marked' || kind === 'not-held' ? undefined : await signLink(ports.linksSecret, ANSWER_LINK, link, expires);
  const written = compose({
    kind,
    episode: current,
    school: place,
    pupil: told.pupil,
    to: first.to,
    today: on,
    ...(token !== undefined && { link: `${ports.site.url}/api/public/attendance/answers/${token}` }),
  });
  return {
    message: { ...written, to: first.address, tag: toTag(first.row) },
    rows: sendable.map((one) => one.row),
    settledBy: others.find((one) => one.kind === kind && one.addressKey === first.row.addressKey && wasAccepted(one))?.messageId,
  };
};

/** What SES took, under the claim it was taken with. */
const record = async (
  rows: readonly Row[],
  messageId: string,
  { resumedAt }: Pick<Visited, 'resumedAt'>,
  ports: SendMailPorts,
): Promise<void> => {
  const now = ports.clock.civil();
  const set = { state: 'accepted', messageId, sentAt: instant(now) } as const;
  for (let attempt = 1; ; attempt += 1) {
    try {
      for (const row of rows) await settle(row, 'accept', isLate(row, now, resumedAt) ? { ...set, late: true } : set, ports);
      return;
    } catch (error) {
      if (attempt < RECORD_TRIES) continue;
      // The mail is gone whatever happens now: the claim runs out, and SES's own word or reconciliation settles the row.
      return ports.log.warn('delivery.unrecorded', { mail: messageId, ...faultOf(error) });
    }
  }
};

/**
 * Sends what is due, never twice. The claim is a condition in the database, under a fence that nobody else holds; right, address and episode
 * are read after it, at the moment of sending; what SES took is recorded under the same fence. A worker that dies in between leaves a claim
 * that reconciliation finds: only then, and once, may a family have two mails.
 */
export async function sendMail(message: DeliveryDue, ports: SendMailPorts): Promise<void> {
  const { uai, date, deliveryId } = message;
  const { notifications, urgentQueue, clock, log } = ports;
  const [rows, visited] = await Promise.all([readRows(message, ports), notifications.get('school', { uai })]);
  const row = rows.find((one) => one.deliveryId === deliveryId);
  // While a school is paused nothing is asked again: resuming does, and reconciliation after it.
  if (!row || !visited || visited.paused || !isUnsent(row)) return;
  const again = (seconds: number) => urgentQueue.send(due(row), seconds);
  const now = clock.civil();
  if (row.state === 'held') {
    const until = row.heldUntil ?? row.dueAt;
    if (Date.parse(until) > now.getTime()) return again(delayUntil(until, now));
    try {
      await notifications.write({
        update: 'delivery',
        key: { uai, date, deliveryId },
        set: { state: 'pending', dueAt: until, heldUntil: undefined },
        when: when('release'),
      });
    } catch (error) {
      if (isConflict(error)) return;
      throw error;
    }
  }
  if (Date.parse(row.dueAt) > now.getTime()) return again(delayUntil(row.dueAt, now));

  const group = rows.filter(
    (one) =>
      one.deliveryId === deliveryId ||
      (one.kind === row.kind && one.addressKey === row.addressKey && one.state === 'pending' && Date.parse(one.dueAt) <= now.getTime()),
  );
  const held = await claim(group, ports);
  if (!held) {
    // Whoever has one of them may have them all; what is left comes again.
    const left = (await readRows(message, ports)).find((one) => one.deliveryId === deliveryId);
    return left && isUnsent(left) ? again(2) : undefined;
  }

  const giveAllBack = async (claimed: readonly Row[], seconds: number, set: Partial<Row> = {}) => {
    for (const one of claimed) await giveBack({ ...one, fence: held.fence }, seconds, ports, set);
  };
  let letter: Awaited<ReturnType<typeof prepare>>;
  try {
    letter = await prepare(row, group, held.fence, visited, ports);
  } catch (error) {
    log.warn('delivery.not-prepared', { delivery: deliveryId, ...faultOf(error) });
    // Nothing was sent: given back, the row need not wait for its claim to run out.
    return giveAllBack(group, backoff(row.attempts), { attempts: row.attempts + 1 });
  }
  if (!letter) return;
  if (letter.settledBy !== undefined) return record(letter.rows, letter.settledBy, visited, ports);
  if (held.leaseUntil.getTime() - clock.system().getTime() < ENOUGH_MS) return giveAllBack(letter.rows, 0);

  let messageId: string;
  try {
    ({ messageId } = await ports.mail.send(letter.message));
  } catch (error) {
    const refusal = refusalOf(error);
    log.warn('delivery.not-sent', { delivery: deliveryId, refusal, ...faultOf(error) });
    // Unknown: the claim stays, and nobody sends again before SES had time to speak.
    if (refusal === 'unknown') return;
    if (refusal !== 'never')
      return giveAllBack(letter.rows, refusal === 'soon' ? backoff(row.attempts) : LONG_SECONDS, { attempts: row.attempts + 1 });
    for (const one of letter.rows)
      await handOver(one, 'abandon', { state: 'unreachable', reason: 'refused' }, { ...ports, fence: held.fence });
    return;
  }
  await record(letter.rows, messageId, visited, ports);
  log.info('delivery.accepted', { delivery: deliveryId, mail: messageId, rows: letter.rows.length });
}

/** Messages a second for this worker. */
export const paceOf = async ({ mail }: Pick<SendMailPorts, 'mail'>): Promise<number> => {
  try {
    return ((await mail.rate()) * SHARE) / WORKERS;
  } catch {
    // The quota could not be asked: as slow as a new account.
    return SHARE / WORKERS;
  }
};

export const handler = work(manifest.workers['send-mail'], sendMail, { message: DeliveryDue, pace: paceOf });
