import { ANSWER_LINK, ANSWER_LINK_DAYS, type AnswerLink } from '../../shared/attendance/answer.ts';
import type { Episode } from '../../shared/attendance/episode.ts';
import { episode } from '../../shared/attendance/questions.ts';
import { guardiansToTell, school } from '../../shared/directory/questions.ts';
import { instant, type LocalDate, type MailMessage } from '../../shared/kernel/index.ts';
import {
  type CancelReason,
  type Delivery,
  isLate,
  isUnsent,
  mayHaveBeenTold,
  wasAccepted,
  when,
} from '../../shared/notifications/delivery.ts';
import { addressKey, episodeKeyOf, expiry, toTag } from '../../shared/notifications/keys.ts';
import { addressOf } from '../../shared/notifications/ladder.ts';
import { dirOf } from '../../shared/notifications/language.ts';
import { type About, compose, composePush, composeSms } from '../../shared/notifications/mail/compose.ts';
import { DeliveryDue, delayUntil, due } from '../../shared/notifications/message.ts';
import { type Notice, noticeId } from '../../shared/notifications/notice.ts';
import { FOLLOW_UP, LOST_AFTER_MS, tells } from '../../shared/notifications/plan.ts';
import { type Recipient, recipientsOf } from '../../shared/notifications/recipient.ts';
import { refusalOf } from '../../shared/notifications/refusal.ts';
import type { ToldLate, Visited } from '../../shared/notifications/table.ts';
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
  | { readonly kind: 'cancel'; readonly reason: CancelReason }
  | { readonly kind: 'call'; readonly reason: 'no-address' | 'bounced' }
  | { readonly kind: 'move'; readonly addressKey: string }
  | { readonly kind: 'wait' };

/** Moves a row that this worker holds. A conflict means that somebody else settled it meanwhile, which is no less settled. */
const settle = async (
  row: Row,
  transition: 'giveBack' | 'cancelClaimed' | 'accept',
  set: Partial<Row>,
  { notifications }: SendMailPorts,
  ...beside: readonly { readonly put: 'toldLate'; readonly item: ToldLate }[]
) => {
  try {
    await notifications.write(
      {
        update: 'delivery',
        key: { uai: row.uai, date: row.date, deliveryId: row.deliveryId },
        set: { leaseUntil: undefined, wakeAt: undefined, ...set },
        when: when(transition, row.fence),
      },
      ...beside,
    );
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
  /** By the row's own channel; answers its name at the gateway, if it has one there. Undefined: it reached nobody, and another row goes instead. */
  readonly send: () => Promise<{ readonly messageId?: string } | undefined>;
  /** Rows that this one message settles. */
  readonly rows: readonly Row[];
  /** The same message in the portal. */
  readonly notices: readonly Notice[];
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
  const set = { state: 'claimed', fence, leaseUntil: instant(leaseUntil), wakeAt: instant(leaseUntil), putOff: undefined } as const;
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

/** The same message by the row's channel. */
const sending = (row: Row, about: About, address: string, ports: SendMailPorts): Letter['send'] => {
  const { mail, sms, push, notifications, ids } = ports;
  switch (row.channel) {
    case 'email': {
      const message: MailMessage = { ...compose(about), to: address, tag: toTag(row) };
      return () => mail.send(message);
    }
    case 'sms':
      return () => sms.send(address, composeSms(about));
    case 'push':
      return async () => {
        const browsers = await notifications.all('browsers', { personId: address });
        const { language } = about.to;
        const message = {
          ...composePush(about),
          path: about.to.self ? '/eleve/avis' : '/responsable/avis',
          tag: noticeId(row, ids),
          language,
          dir: dirOf(language),
        };
        const outcomes = await Promise.all(
          browsers.map(async ({ personId, browserId, ...browser }) => {
            const outcome = await push.send(browser, message).catch(() => 'later' as const);
            if (outcome === 'gone') await notifications.write({ delete: 'browser', key: { personId, browserId } });
            return outcome;
          }),
        );
        return outcomes.includes('accepted') ? {} : undefined;
      };
    default:
      // The portal is told before anything is sent.
      return async () => ({});
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
  visited: Visited,
  ports: SendMailPorts,
): Promise<(Letter & { readonly settledBy?: string | undefined }) | undefined> => {
  const { clock, ids } = ports;
  const { uai, date, pupilId, episodeId, kind } = row;
  const on = today(visited, ports);
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
  const others = rows.filter((one) => one.fence !== fence && one.channel === row.channel);
  const entitled = new Map((told ? recipientsOf(told) : []).map((one) => [one.personId, one]));

  const fateOf = (one: Row): Fate => {
    const silent = stillToSay(one, rows, spoken, current);
    if (silent) return silent;
    const to = entitled.get(one.guardianId);
    if (!to) return { kind: 'cancel', reason: 'not-entitled' };
    const opened = rows.some(
      (other) => other.channel === 'push' && other.state === 'delivered' && other.kind === kind && other.guardianId === one.guardianId,
    );
    if (opened && one.channel !== 'push') return { kind: 'cancel', reason: 'read' };
    const address = addressOf(one.channel, to, visited);
    if (address === undefined) return { kind: 'call', reason: 'no-address' };
    const key = addressKey(uai, address, ids);
    if (key !== one.addressKey) return { kind: 'move', addressKey: key };
    const beside = others.filter((other) => other.addressKey === key);
    if (beside.some(({ state, permanent }) => state === 'complained' || (state === 'bounced' && permanent === true)))
      return { kind: 'call', reason: 'bounced' };
    return beside.some((other) => other.kind === kind && (other.state === 'claimed' || other.state === 'ambiguous'))
      ? { kind: 'wait' }
      : { kind: 'send', to, address };
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
  const token = kind === 'absence' || kind === 'arrived' ? await signLink(ports.linksSecret, ANSWER_LINK, link, expires) : undefined;
  const { accountId } = first.to;
  const chosen = accountId === undefined ? undefined : await ports.notifications.get('preferences', { personId: accountId });
  const about: About = {
    kind,
    episode: current,
    school: place,
    pupil: told.pupil,
    to: { ...first.to, language: chosen?.language ?? first.to.language },
    today: on,
    ...(token !== undefined && { link: `${ports.site.url}/api/public/attendance/answers/${token}` }),
  };
  const minute = kind === 'arrived' ? (current.seenMinute ?? current.startMinute) : current.startMinute;
  return {
    send: sending(first.row, about, first.address, ports),
    rows: sendable.map((one) => one.row),
    notices: sendable.flatMap(({ row: of, to }) =>
      // Who has no account has no portal to read it in.
      to.accountId === undefined
        ? []
        : {
            ...{ uai, personId: of.guardianId, date, noticeId: noticeId(of, ids), pupilId, episodeId, kind, minute },
            ...{ at: instant(clock.civil()), expiresAt: of.expiresAt },
          },
    ),
    settledBy: others.find((one) => one.kind === kind && one.addressKey === first.row.addressKey && wasAccepted(one))?.messageId,
  };
};

/** In the portal once, whichever channel came first and however often it was tried. */
const post = async (notices: readonly Notice[], { notifications }: SendMailPorts): Promise<void> => {
  for (const item of notices)
    try {
      await notifications.write({ put: 'notice', item, when: { absent: true } });
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
};

/** The notification reached no browser: what was to wait for it goes at once. */
const passOn = async (push: Row, rows: readonly Row[], ports: SendMailPorts): Promise<void> => {
  await handOver(push, 'abandon', { state: 'unreachable', reason: 'no-browser' }, { ...ports, fence: push.fence });
  const dueAt = instant(ports.clock.civil());
  const wakeAt = instant(new Date(ports.clock.system().getTime() + LOST_AFTER_MS));
  for (const row of rows) {
    if (row.guardianId !== push.guardianId || row.kind !== push.kind || row.state !== 'pending' || row.deliveryId === push.deliveryId)
      continue;
    const { uai, date, deliveryId } = row;
    try {
      await ports.notifications.write({
        update: 'delivery',
        key: { uai, date, deliveryId },
        set: { dueAt, wakeAt },
        when: { in: { state: ['pending'] } },
      });
      await ports.urgentQueue.send(due(row));
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
};

const lateNote = ({ uai, date, deliveryId, pupilId, episodeId, dueAt }: Row, on: LocalDate, now: Date, { clock }: SendMailPorts) => ({
  put: 'toldLate' as const,
  item: {
    ...{ uai, date: on, episodeKey: episodeKeyOf(deliveryId), of: date, pupilId, episodeId, dueAt },
    ...{ at: instant(now), expiresAt: expiry(on, clock.system()) },
  },
});

/** What the gateway took, under the claim it was taken with. */
const record = async (
  rows: readonly Row[],
  messageId: string | undefined,
  visited: Pick<Visited, 'resumedAt' | 'timeZone'>,
  ports: SendMailPorts,
): Promise<void> => {
  const now = ports.clock.civil();
  const on = today(visited, ports);
  const state = rows[0]?.channel === 'portal' ? 'delivered' : 'accepted';
  const set = { state, sentAt: instant(now), ...(messageId !== undefined && { messageId }) } as const;
  for (let attempt = 1; ; attempt += 1) {
    try {
      for (const row of rows) {
        const late = row.late || isLate(row, now, visited.resumedAt);
        // In one transaction: a queue that was down for days, or redriven after them, hides nothing from the school.
        const note = late && row.kind === 'absence' ? [lateNote(row, on, now, ports)] : [];
        await settle(row, 'accept', late ? { ...set, late } : set, ports, ...note);
      }
      return;
    } catch (error) {
      if (attempt < RECORD_TRIES) continue;
      // The mail is gone whatever happens now: the claim runs out, and SES's own word or reconciliation settles the row.
      return ports.log.warn('delivery.unrecorded', { mail: messageId ?? '', ...faultOf(error) });
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
  // Given back until later, it has a message that comes then. This one is a copy: two at one address, or a queue that says a thing twice,
  // would else beget as many again at every refusal, and a quota that holds for a day thousands of times as many.
  if (row.wakeAt !== undefined && Date.parse(row.wakeAt) - LOST_AFTER_MS > clock.system().getTime()) return;

  const group = rows.filter(
    (one) =>
      one.deliveryId === deliveryId ||
      (one.kind === row.kind &&
        one.channel === row.channel &&
        one.addressKey === row.addressKey &&
        one.state === 'pending' &&
        Date.parse(one.dueAt) <= now.getTime()),
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
  try {
    await post(letter.notices, ports);
  } catch (error) {
    log.warn('delivery.not-posted', { delivery: deliveryId, ...faultOf(error) });
    return giveAllBack(letter.rows, backoff(row.attempts), { attempts: row.attempts + 1 });
  }
  if (letter.settledBy !== undefined) return record(letter.rows, letter.settledBy, visited, ports);
  if (held.leaseUntil.getTime() - clock.system().getTime() < ENOUGH_MS) return giveAllBack(letter.rows, 0);

  let sent: Awaited<ReturnType<Letter['send']>>;
  try {
    sent = await letter.send();
  } catch (error) {
    const refusal = refusalOf(error);
    log.warn('delivery.not-sent', { delivery: deliveryId, refusal, ...faultOf(error) });
    // Unknown: the claim stays, and nobody sends again before SES had time to speak.
    if (refusal === 'unknown') return;
    if (refusal !== 'never')
      return giveAllBack(letter.rows, refusal === 'soon' ? backoff(row.attempts) : LONG_SECONDS, {
        attempts: row.attempts + 1,
        putOff: refusal,
      });
    for (const one of letter.rows)
      await handOver(one, 'abandon', { state: 'unreachable', reason: 'refused' }, { ...ports, fence: held.fence });
    return;
  }
  if (!sent) return passOn({ ...row, fence: held.fence }, rows, ports);
  await record(letter.rows, sent.messageId, visited, ports);
  log.info('delivery.accepted', { delivery: deliveryId, channel: row.channel, mail: sent.messageId ?? '', rows: letter.rows.length });
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
