import { type BasePorts, Failure, instant, type QueuePort, type Store } from '../../shared/kernel/index.ts';
import { when } from '../../shared/notifications/delivery.ts';
import { type Digest, digestDue, type News, whenDue } from '../../shared/notifications/digest.ts';
import { expiry } from '../../shared/notifications/keys.ts';
import type { MessageLanguage } from '../../shared/notifications/language.ts';
import { delayUntil } from '../../shared/notifications/message.ts';
import { type Ways, waysOf } from '../../shared/notifications/preferences.ts';
import type { notifications as table, Visited } from '../../shared/notifications/table.ts';
import { isConflict } from './ledger.ts';

type Fact = Pick<News, 'newsId' | 'kind' | 'uai' | 'date' | 'pupilId' | 'lessonId' | 'remarkId'>;

/** A message that is due and was not settled by then was lost, and is sent for again. */
export const LOST_MS = 30 * 60_000;
/** How often this is looked at: what falls due until the next time is sent for now, to the second. */
const LOOK_MS = 15 * 60_000;
/** Messages that close while a fact is put down: each time the next one is tried. */
const TRIES = 5;

/**
 * Puts down one thing to tell one person, and sees to it, in one transaction, that a digest which is still to be sent will find it. The same
 * fact twice is once; a digest that is being sent already is left alone, and the next one takes it.
 */
export const collect = async (
  personId: string,
  fact: Fact,
  visited: Visited,
  { notifications, clock }: Pick<BasePorts, 'clock'> & { readonly notifications: Store<typeof table, 'get' | 'put'> },
): Promise<void> => {
  const way = waysOf(await notifications.get('preferences', { personId }))[fact.kind];
  if (way === 'off') return;
  const expiresAt = expiry(fact.date, clock.system());
  const line = { put: 'news', item: { ...fact, personId, state: 'waiting', expiresAt }, when: { absent: true } } as const;
  const refusedAt = (error: unknown): number => {
    if (!isConflict(error)) throw error;
    return Number((error as Failure).details?.index);
  };
  for (let from = clock.civil(), tried = 0; tried < TRIES; tried += 1) {
    const { digestId, dueAt } = whenDue(way, from, visited);
    const digest: Digest = {
      ...{ personId, digestId, uai: fact.uai, state: 'pending', dueAt, openAt: dueAt, attempts: 0, resent: false },
      expiresAt,
    };
    try {
      return await notifications.write(line, { put: 'digest', item: digest, when: { absent: true } });
    } catch (error) {
      if (refusedAt(error) === 0) return;
    }
    try {
      return await notifications.write(line, { check: 'digest', key: { personId, digestId }, when: { in: { state: ['pending'] } } });
    } catch (error) {
      if (refusedAt(error) === 0) return;
    }
    from = new Date(dueAt);
  }
  throw new Failure('conflict', 'notifications.no-digest-open');
};

type WakePorts = BasePorts & { readonly notifications: Store<typeof table, 'query' | 'update'>; readonly bulkQueue: QueuePort };

/**
 * Sends for what falls due until the next look; a claim that ran out is sent once more, and a second time given up: what it held is read in
 * the portal. Answers what went wrong, and counts what was doubtful.
 */
export const wakeDigests = async (
  { uai, paused }: Visited,
  found: { resent: number; uncertain: number },
  { notifications, bulkQueue, clock, log }: WakePorts,
): Promise<unknown[]> => {
  const now = clock.civil();
  const faults: unknown[] = [];
  const until = instant(new Date(now.getTime() + LOOK_MS));
  for (const row of await notifications.all('unsent', { uai, until })) {
    const { personId, digestId, fence } = row;
    const key = { personId, digestId };
    const openAt = instant(new Date(Math.max(now.getTime(), Date.parse(row.dueAt)) + LOST_MS));
    try {
      if (row.state === 'pending' && !paused) {
        await notifications.write({
          update: 'digest',
          key,
          set: { uai, openAt },
          when: { in: { state: ['pending'] }, is: { openAt: row.openAt ?? '' } },
        });
        await bulkQueue.send(digestDue(row), delayUntil(row.dueAt, now));
      } else if (row.state === 'claimed' && row.openAt !== undefined && row.openAt <= instant(now)) {
        if (row.resent) {
          const set = { state: 'unreachable', reason: 'uncertain', openAt: undefined } as const;
          await notifications.write({ update: 'digest', key, set, when: when('abandon', fence) });
          found.uncertain += 1;
        } else {
          await notifications.write({
            update: 'digest',
            key,
            set: { uai, state: 'pending', resent: true, openAt },
            when: when('giveBack', fence),
          });
          found.resent += 1;
          await bulkQueue.send(digestDue(row));
        }
        log.warn('digest.doubtful', { digest: digestId, resent: row.resent });
      }
    } catch (error) {
      // Settled since it was read.
      if (!isConflict(error)) faults.push(error);
    }
  }
  return faults;
};

/** Changes what somebody chose and nothing else of it. */
export const choose = async (
  personId: string,
  chosen: { readonly language?: MessageLanguage | undefined; readonly ways?: Ways | undefined },
  { notifications }: { readonly notifications: Store<typeof table, 'get' | 'update'> },
) => {
  const before = await notifications.get('preferences', { personId });
  const set = {
    ...(chosen.language !== undefined && { language: chosen.language }),
    ...(chosen.ways !== undefined && { ways: { ...before?.ways, ...chosen.ways } }),
  };
  await notifications.write({ update: 'preferences', key: { personId }, set: { personId, ...set } });
  return { ...before, ...set };
};
