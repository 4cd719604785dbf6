import { describe, expect, it } from 'vitest';
import { onMailFeedback } from '../../../functions/notifications/on-mail-feedback.ts';
import type { Feedback } from '../../../functions/runtime/feedback.ts';
import { toTag } from '../../../shared/notifications/keys.ts';
import { DATE, FATHER, guardian, MOTHER, schoolDay, UAI } from './school-day.ts';

type Kind = 'delivery' | 'bounce' | 'passing' | 'complaint' | 'reject';
const said = (kind: Kind, messageId: string, row?: string): Feedback => ({
  messageId,
  ...(row !== undefined && { row }),
  ...(kind === 'bounce' || kind === 'passing' ? { kind: 'bounce', permanent: kind === 'bounce' } : { kind }),
});

const sent = async () => {
  const day = schoolDay();
  await day.told();
  day.dueTime();
  await day.work();
  const tag = toTag({ uai: UAI, date: DATE, deliveryId: day.idOf(MOTHER) });
  const hear = async (...kinds: Kind[]) => {
    for (const kind of kinds) await onMailFeedback(said(kind, 'message-1', tag), day.ports);
  };
  return { ...day, tag, hear };
};

describe('the word of SES', () => {
  it.each<[Kind[], string, number]>([
    [['delivery'], 'delivered', 0],
    [['bounce'], 'bounced', 1],
    [['complaint'], 'complained', 1],
    [['reject'], 'unreachable', 1],
    [['passing'], 'bounced', 1],
    [['delivery', 'delivery'], 'delivered', 0],
    [['bounce', 'bounce'], 'bounced', 1],
    [['complaint', 'complaint'], 'complained', 1],
    [['delivery', 'bounce'], 'bounced', 1],
    [['bounce', 'delivery'], 'bounced', 1],
    [['delivery', 'complaint'], 'complained', 1],
    [['complaint', 'delivery'], 'complained', 1],
    [['bounce', 'complaint'], 'complained', 1],
    [['complaint', 'bounce'], 'complained', 1],
    // An absence message of the mailbox: what was delivered was delivered.
    [['passing', 'delivery'], 'delivered', 1],
    [['delivery', 'passing'], 'delivered', 0],
    [['passing', 'bounce'], 'bounced', 1],
  ])('%j ends as %s, with %i line on the call list', async (kinds, state, count) => {
    const { hear, row, lines } = await sent();
    await hear(...kinds);
    expect(await row(MOTHER)).toMatchObject({ state });
    expect(lines()).toHaveLength(count);
  });

  it('ends the same in any order, with any of it repeated or missing: the gravest word, but for a passing bounce, stands', async () => {
    const KINDS: readonly Kind[] = ['complaint', 'bounce', 'delivery', 'passing', 'reject'];
    const ENDS = { complaint: 'complained', bounce: 'bounced', delivery: 'delivered', passing: 'bounced', reject: 'unreachable' } as const;
    const orders = (length: number): Kind[][] =>
      length === 0 ? [[]] : orders(length - 1).flatMap((before) => KINDS.map((kind) => [...before, kind]));
    const wrong: unknown[] = [];
    for (const order of [1, 2, 3].flatMap(orders)) {
      const { hear, row, lines } = await sent();
      await hear(...order);
      const gravest = KINDS.find((kind) => order.includes(kind)) as Kind;
      const found = await row(MOTHER);
      const called = lines().some(({ callId }) => callId === found?.callId);
      if (found?.state !== ENDS[gravest] || (gravest !== 'delivery' && !called)) wrong.push([order, found?.state, called]);
    }
    expect(wrong).toEqual([]);
  });

  it('is about one mail: the other guardian’s row stays as it is', async () => {
    const { hear, row } = await sent();
    await hear('bounce');
    expect(await row(FATHER)).toMatchObject({ state: 'accepted' });
  });

  it('finds the row by the mail’s id when it carries no tag', async () => {
    const { ports, row } = await sent();
    await onMailFeedback(said('delivery', 'message-2'), ports);
    expect(await row(FATHER)).toMatchObject({ state: 'delivered' });
  });

  it('that comes before our own commit stands, and the commit changes nothing', async () => {
    const { told, dueTime, work, row, ports, idOf } = schoolDay();
    await told();
    dueTime();
    const send = ports.mail.send;
    ports.mail.send = async (message) => {
      const answer = await send(message);
      if (message.tag === toTag({ uai: UAI, date: DATE, deliveryId: idOf(MOTHER) }))
        await onMailFeedback(said('bounce', answer.messageId, message.tag), ports);
      return answer;
    };
    await work();
    expect(await row(MOTHER)).toMatchObject({ state: 'bounced', messageId: 'message-1' });
    expect(await row(FATHER)).toMatchObject({ state: 'accepted' });
  });

  it('settles a doubt without a second mail', async () => {
    const { told, dueTime, work, row, ports, idOf } = schoolDay();
    const { reconcile } = await import('../../../functions/notifications/reconcile.ts');
    await told();
    dueTime();
    ports.mail.refuse(Object.assign(new Error('cut'), { name: 'TimeoutError' }));
    await work();
    ports.mail.refuse(undefined);
    ports.clock.move(120_000);
    await reconcile(ports);
    await onMailFeedback(said('delivery', 'mail-of-ses', toTag({ uai: UAI, date: DATE, deliveryId: idOf(MOTHER) })), ports);
    ports.clock.move(16 * 60_000);
    expect(await reconcile(ports)).toMatchObject({ resent: 1 });
    expect(await row(MOTHER)).toMatchObject({ state: 'delivered', messageId: 'mail-of-ses' });
  });

  it('about one mail to a shared address is about both rows', async () => {
    const { facts, told, dueTime, work, states, lines, ports } = schoolDay();
    const home = { householdId: '778162' };
    facts.guardians = [guardian(MOTHER, 'famille@example.org', home), guardian(FATHER, 'famille@example.org', home)];
    await told();
    dueTime();
    await work();
    await onMailFeedback(said('bounce', 'message-1', ports.mail.sent()[0]?.tag), ports);
    expect(Object.values(states())).toEqual(['bounced', 'bounced']);
    expect(lines()).toHaveLength(1);
  });

  it('does not call again a household that was reached about this very absence', async () => {
    const { hear, lines, ports } = await sent();
    await hear('passing');
    const callId = lines()[0]?.callId ?? '';
    await ports.notifications.write({
      update: 'call',
      key: { uai: UAI, date: DATE, callId },
      set: { state: 'closed', outcome: 'reached' },
    });
    await hear('bounce');
    expect(lines()).toMatchObject([{ state: 'closed' }]);
  });
});

describe('a word about a mail that is not ours', () => {
  it('is ignored when its tag is another context’s', async () => {
    const { ports } = await sent();
    ports.notifications.forget();
    await onMailFeedback(said('bounce', 'elsewhere', 'session-password'), ports);
    expect(ports.notifications.changes()).toEqual([]);
  });

  it('is retried when nothing says whose it is: the index may be behind', async () => {
    const { ports } = await sent();
    await expect(onMailFeedback(said('bounce', 'unknown'), ports)).rejects.toThrow('no row');
  });

  it('is ignored when it names a row that never was', async () => {
    const { ports } = await sent();
    ports.notifications.forget();
    await onMailFeedback(said('bounce', 'forged', `${UAI}_${DATE}_d_00000000000000000000000000-00000000000000000000000000`), ports);
    expect(ports.notifications.changes()).toEqual([]);
  });
});
