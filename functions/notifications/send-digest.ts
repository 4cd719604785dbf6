import { familyRemarks } from '../../shared/attendance/questions.ts';
import { guardiansToTell, school } from '../../shared/directory/questions.ts';
import { addDays, instant, local, type MailMessage } from '../../shared/kernel/index.ts';
import { when } from '../../shared/notifications/delivery.ts';
import { type Digest, DigestDue, type DigestReason, digestDue, type News, toDigestTag } from '../../shared/notifications/digest.ts';
import { STOP_LINK, STOP_LINK_DAYS, type StopLink } from '../../shared/notifications/digest-routes.ts';
import { composeDigest, type DigestLine } from '../../shared/notifications/mail/digest.ts';
import { delayUntil } from '../../shared/notifications/message.ts';
import { waysOf } from '../../shared/notifications/preferences.ts';
import { type Recipient, recipientsOf } from '../../shared/notifications/recipient.ts';
import { refusalOf } from '../../shared/notifications/refusal.ts';
import { faultOf } from '../runtime/log.ts';
import { signLink } from '../runtime/signed-link.ts';
import { work } from '../runtime/work.ts';
import { LOST_MS } from './digest-ledger.ts';
import { isConflict } from './ledger.ts';
import manifest, { type SendDigestPorts, WORKERS } from './manifest.ts';

/** What urgent mail leaves of the sending rate. */
const SHARE = 0.3;
/** Longer than the function may run, and than SES takes to say what became of a mail. */
const CLAIM_MS = 16 * 60_000;
/** As far back as anything may still be waiting: a failure queue keeps 14 days. */
const DAYS_BACK = 45;
/** Writes of one transaction, less the check of the claim. */
const AT_ONCE = 90;
const RECORD_TRIES = 3;
const LONG_SECONDS = 900;
const backoff = (attempts: number): number => Math.min(LONG_SECONDS, 2 ** Math.min(attempts + 1, 10));

type Row = Digest & { entity: 'digest' };
type Fate =
  | { readonly kind: 'send'; readonly message: MailMessage; readonly lines: number }
  | { readonly kind: 'cancel'; readonly reason: DigestReason }
  | { readonly kind: 'wait' };

const keyOf = ({ personId, digestId }: Pick<Digest, 'personId' | 'digestId'>) => ({ personId, digestId });

/** Moves a row that this worker holds; a conflict means that it was settled meanwhile. */
const settle = async (
  row: Row,
  transition: 'giveBack' | 'cancelClaimed' | 'abandon' | 'accept',
  set: Partial<Row>,
  { notifications }: SendDigestPorts,
): Promise<boolean> => {
  try {
    await notifications.write({
      update: 'digest',
      key: keyOf(row),
      set: { openAt: undefined, ...set },
      when: when(transition, row.fence),
    });
    return true;
  } catch (error) {
    if (!isConflict(error)) throw error;
    return false;
  }
};

/** Nothing was sent: back to waiting, with a message of its own. */
const giveBack = async (row: Row, seconds: number, ports: SendDigestPorts): Promise<void> => {
  const openAt = instant(new Date(ports.clock.civil().getTime() + seconds * 1000 + LOST_MS));
  if (await settle(row, 'giveBack', { uai: row.uai, state: 'pending', fence: undefined, openAt, attempts: row.attempts + 1 }, ports))
    await ports.bulkQueue.send(digestDue(row), seconds);
};

/** All that waits for this person becomes this digest’s, for good; with what a broken-off sending of it had taken before. */
const take = async (row: Row, { notifications, clock }: SendDigestPorts): Promise<News[]> => {
  const since = addDays(instant(clock.civil()).slice(0, 10), -DAYS_BACK);
  const found = await notifications.all('news', { personId: row.personId, since });
  const waiting = found.filter(({ state }) => state === 'waiting');
  for (let from = 0; from < waiting.length; from += AT_ONCE)
    await notifications.write(
      { check: 'digest', key: keyOf(row), when: { in: { state: ['claimed'] }, is: { fence: row.fence ?? '' } } },
      ...waiting.slice(from, from + AT_ONCE).map(({ personId, date, newsId }) => ({
        update: 'news' as const,
        key: { personId, date, newsId },
        set: { state: 'taken' as const, digestId: row.digestId },
        when: { in: { state: ['waiting'] } },
      })),
    );
  return found.filter(({ state, digestId }) => state === 'waiting' || digestId === row.digestId);
};

/** What a school still shows, of pupils whose it still is to this person, and how they are addressed there. */
const readAt = async (
  uai: string,
  news: readonly News[],
  personId: string,
  { ask, clock }: SendDigestPorts,
): Promise<{ lines: DigestLine[]; to: Recipient | undefined }> => {
  const place = await ask(school, { uai });
  if (!place) return { lines: [], to: undefined };
  const on = local(clock.civil(), place.timeZone).date;
  const [told, remarks] = await Promise.all([
    ask(guardiansToTell, { uai, pupilIds: [...new Set(news.map(({ pupilId }) => pupilId))].slice(0, 60), on }),
    ask(familyRemarks, { uai, remarks: news.slice(0, 100).map(({ date, lessonId, remarkId }) => ({ date, lessonId, remarkId })) }),
  ]);
  const mine = told.flatMap((one) => {
    const to = recipientsOf(one).find(({ accountId }) => accountId === personId);
    return to ? [{ pupil: one.pupil, to }] : [];
  });
  const lines = remarks.flatMap(({ pupilId, date, startMinute, subject, label }) => {
    const known = mine.find(({ pupil }) => pupil.pupilId === pupilId);
    return known ? [{ school: place, pupil: known.pupil, date, startMinute, subject, label }] : [];
  });
  return { lines, to: mine.find(({ to }) => to.email !== undefined)?.to ?? mine[0]?.to };
};

/** Right, address, choice and words, read now that nobody else can send. */
const prepare = async (row: Row, ports: SendDigestPorts): Promise<Fate> => {
  const { notifications, linksSecret, clock, site } = ports;
  const { personId } = row;
  const chosen = await notifications.get('preferences', { personId });
  if (waysOf(chosen).remarks === 'off') return { kind: 'cancel', reason: 'off' };
  const byUai = Object.entries(Object.groupBy(await take(row, ports), ({ uai }) => uai)) as [string, News[]][];
  const visited = await Promise.all(byUai.map(([uai]) => notifications.get('school', { uai })));
  if (visited.some((one) => one?.paused)) return { kind: 'wait' };
  const read = await Promise.all(byUai.map(([uai, news]) => readAt(uai, news, personId, ports)));
  const lines = read.flatMap((one) => one.lines);
  if (lines.length === 0) return { kind: 'cancel', reason: 'nothing-left' };
  const reachable = read.filter((one) => one.lines.length > 0).flatMap(({ to }) => to ?? []);
  const to = reachable.find(({ email }) => email !== undefined);
  if (to?.email === undefined) return { kind: 'cancel', reason: 'no-address' };
  const language = chosen?.language ?? to.language;
  const claims: StopLink = { personId, kind: 'remarks', language };
  const token = await signLink(linksSecret, STOP_LINK, claims, new Date(clock.system().getTime() + STOP_LINK_DAYS * 86_400_000));
  const letter = composeDigest({
    lines,
    to: { ...to, language },
    link: `${site.url}${to.self ? '/eleve' : '/responsable'}`,
    stop: `${site.url}/api/public/notifications/stops/${token}`,
  });
  return { kind: 'send', message: { ...letter, to: to.email, tag: toDigestTag(row) }, lines: lines.length };
};

const record = async (row: Row, messageId: string, ports: SendDigestPorts): Promise<void> => {
  for (let attempt = 1; ; attempt += 1)
    try {
      await settle(row, 'accept', { state: 'accepted', sentAt: instant(ports.clock.civil()), messageId }, ports);
      return;
    } catch (error) {
      if (attempt < RECORD_TRIES) continue;
      // The mail is gone whatever happens now: SES’s own word settles the row, or the end of its claim.
      return ports.log.warn('digest.unrecorded', { mail: messageId, ...faultOf(error) });
    }
};

/**
 * One mail about all there is to tell a person, never twice: claimed under a fence nobody else holds, what it tells taken for good, then read
 * again, sent without any retry and recorded. A worker that dies in between leaves a claim that is sent once more when it ran out.
 */
export async function sendDigest(message: DigestDue, ports: SendDigestPorts): Promise<void> {
  const { notifications, bulkQueue, clock, ids, log, mail } = ports;
  const found = await notifications.get('digest', keyOf(message));
  if (found?.state !== 'pending') return;
  const now = clock.civil();
  if (Date.parse(found.dueAt) > now.getTime()) return bulkQueue.send(digestDue(found), delayUntil(found.dueAt, now));
  // Given back until later: this is a copy of the message that comes then.
  if (found.openAt !== undefined && Date.parse(found.openAt) - LOST_MS > now.getTime()) return;
  const row: Row = { ...found, fence: ids.next('k') };
  const openAt = instant(new Date(now.getTime() + CLAIM_MS));
  try {
    await notifications.write({
      update: 'digest',
      key: keyOf(row),
      set: { uai: row.uai, state: 'claimed', fence: row.fence, openAt },
      when: when('claim'),
    });
  } catch (error) {
    if (isConflict(error)) return;
    throw error;
  }

  let fate: Fate;
  try {
    fate = await prepare(row, ports);
  } catch (error) {
    log.warn('digest.not-prepared', { digest: row.digestId, ...faultOf(error) });
    return giveBack(row, backoff(row.attempts), ports);
  }
  if (fate.kind === 'wait') return giveBack(row, LONG_SECONDS, ports);
  if (fate.kind === 'cancel') {
    await settle(row, 'cancelClaimed', { state: 'cancelled', reason: fate.reason }, ports);
    return;
  }
  try {
    const { messageId } = await mail.send(fate.message);
    await record(row, messageId, ports);
    log.info('digest.accepted', { digest: row.digestId, mail: messageId, lines: fate.lines });
  } catch (error) {
    const refusal = refusalOf(error);
    log.warn('digest.not-sent', { digest: row.digestId, refusal, ...faultOf(error) });
    if (refusal === 'unknown') return;
    if (refusal === 'never') await settle(row, 'abandon', { state: 'unreachable', reason: 'refused' }, ports);
    else await giveBack(row, refusal === 'soon' ? backoff(row.attempts) : LONG_SECONDS, ports);
  }
}

/** Messages a second for this worker. */
const paceOf = async ({ mail }: Pick<SendDigestPorts, 'mail'>): Promise<number> => {
  try {
    return ((await mail.rate()) * SHARE) / WORKERS;
  } catch {
    return SHARE / WORKERS;
  }
};

export const handler = work(manifest.workers['send-digest'], sendDigest, { message: DigestDue, pace: paceOf });
