import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import manifest from '../../../functions/notifications/manifest.ts';
import { LEASE_MS, paceOf, sendMail } from '../../../functions/notifications/send-mail.ts';
import { openLink } from '../../../functions/runtime/signed-link.ts';
import { ANSWER_LINK, AnswerLink } from '../../../shared/attendance/answer.ts';
import { DATE, EPISODE, FATHER, guardian, MOTHER, PUPIL, schoolDay, UAI } from './school-day.ts';

const sesError = (name: string, message: string, status?: number) =>
  Object.assign(new Error(message), { name, ...(status !== undefined && { $metadata: { httpStatusCode: status } }) });

/** Planned and due. */
const ready = async (arrange: (day: ReturnType<typeof schoolDay>) => void = () => {}) => {
  const day = schoolDay();
  arrange(day);
  await day.told();
  day.dueTime();
  return day;
};
const message = (id: string) => ({ type: 'delivery-due', uai: UAI, date: DATE, deliveryId: id }) as const;

describe('a message that is due', () => {
  it('becomes one mail to each guardian, recorded with its id', async () => {
    const { work, sentTo, row } = await ready();
    await work();
    expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
    expect(await row(MOTHER)).toMatchObject({ state: 'accepted', messageId: 'message-1', sentAt: '2026-09-15T07:17:00.000Z' });
  });

  it('carries a link that only answers for this guardian and this episode', async () => {
    const { work, ports } = await ready();
    await work();
    const [mail] = ports.mail.sent();
    const token = /\/api\/public\/attendance\/answers\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    const opened = await openLink(ports.linksSecret, ANSWER_LINK, AnswerLink, token, ports.clock.system());
    expect(opened).toMatchObject({
      state: 'valid',
      claims: { uai: UAI, date: DATE, pupilId: PUPIL, episodeId: EPISODE, guardianId: MOTHER },
    });
    expect(mail?.html).toContain(token);
    expect(mail?.replyTo).toBe('vie-scolaire@example.org');
  });

  it('is one mail for two guardians at one address, and settles both rows', async () => {
    const { work, sentTo, row } = await ready(({ facts }) => {
      facts.guardians = [guardian(MOTHER, 'famille@example.org'), guardian(FATHER, 'Famille@example.org')];
    });
    await work();
    expect(sentTo().map((to) => to.toLowerCase())).toEqual(['famille@example.org']);
    expect((await row(FATHER))?.messageId).toBe((await row(MOTHER))?.messageId);
  });

  it('is settled by the mail that reached the same address before', async () => {
    const { work, sentTo, row, facts, ports, idOf } = await ready();
    const [first, second] = ports.urgentQueue.take();
    await sendMail(first as never, ports);
    facts.guardians = [guardian(MOTHER, 'claire@example.org'), guardian(FATHER, 'claire@example.org')];
    await sendMail(second as never, ports);
    await work();
    expect(sentTo()).toEqual(['claire@example.org']);
    expect(await row(FATHER)).toMatchObject({ state: 'accepted', messageId: 'message-1' });
    expect(idOf(FATHER)).not.toBe(idOf(MOTHER));
  });

  it('goes once, however often its message comes', async () => {
    const { sentTo, ports } = await ready();
    const messages = ports.urgentQueue.take();
    for (const one of [...messages, ...messages, ...messages]) await sendMail(one as never, ports);
    expect(sentTo()).toHaveLength(2);
  });

  it('writes no name, reason or address to the log', async () => {
    const { work, ports } = await ready();
    await work();
    expect(ports.log.lines().length).toBeGreaterThan(0);
    expect(JSON.stringify(ports.log.lines())).not.toMatch(/Inès|LEMOINE|Claire|@/);
  });
});

describe('a message that may not go', () => {
  it('comes too early: it is asked for again', async () => {
    const { told, work, sentTo, ports } = schoolDay();
    await told();
    await work();
    expect(sentTo()).toEqual([]);
    expect(ports.urgentQueue.sent().map(({ delay }) => delay)).toEqual([540, 540]);
  });

  it('is asked for again in steps when the wait is longer than a queue can hold', async () => {
    const { told, work, ports, facts } = schoolDay();
    facts.episode.dueAt = '2026-09-15T08:30:00.000Z';
    await told();
    await work();
    expect(ports.urgentQueue.sent().map(({ delay }) => delay)).toEqual([900, 900]);
  });

  it('lost its right between plan and sending', async () => {
    const { work, sentTo, row, facts } = await ready();
    facts.guardians = facts.guardians.slice(0, 1);
    await work();
    expect(sentTo()).toEqual(['claire@example.org']);
    expect(await row(FATHER)).toMatchObject({ state: 'cancelled', reason: 'not-entitled' });
  });

  it('follows the address as it is now', async () => {
    const { work, sentTo, facts } = await ready();
    facts.guardians = [guardian(MOTHER, 'nouvelle@example.org'), guardian(FATHER, 'paul@example.org')];
    await work();
    await work();
    expect(sentTo()).toEqual(['nouvelle@example.org', 'paul@example.org']);
  });

  it('has no address any more: the household is on the call list', async () => {
    const { work, row, facts, lines } = await ready();
    facts.guardians = [guardian(MOTHER), guardian(FATHER, 'paul@example.org')];
    await work();
    expect(await row(MOTHER)).toMatchObject({ state: 'unreachable', reason: 'no-address' });
    expect(lines()).toMatchObject([{ state: 'open', householdId: MOTHER }]);
  });

  it.each([
    ['put right', { state: 'cancelled' as const }, 'put-right'],
    ['known', { state: 'silent' as const }, 'known'],
    ['announced', { announcedBy: MOTHER }, 'announced'],
  ])('was %s a moment ago, though its event is still on the way', async (_, patch, reason) => {
    const { work, row, facts } = await ready();
    Object.assign(facts.episode, patch);
    await work();
    expect(await row(MOTHER)).toMatchObject({ state: 'cancelled', reason });
  });

  it('waits while the school is paused, and asks nothing of the queue', async () => {
    const { work, sentTo, ports } = await ready();
    await ports.notifications.write({ update: 'school', key: { uai: UAI }, set: { paused: true } });
    await work();
    expect(sentTo()).toEqual([]);
    expect(ports.urgentQueue.sent()).toEqual([]);
  });
});

describe('SES', () => {
  it.each([
    ['asks to slow down', 'soon', sesError('Throttling', 'Maximum sending rate exceeded.', 400), 2],
    ['has no quota left', 'quota', sesError('Throttling', 'Daily message quota exceeded.', 400), 900],
    ['has paused the account', 'later', sesError('AccountSendingPausedException', 'paused', 400), 900],
    ['does not know our sender', 'later', sesError('MessageRejected', 'Email address is not verified.', 400), 900],
  ])('%s: the row waits again, says why, and the mail goes later', async (_, putOff, error, delay) => {
    const { work, row, ports, sentTo } = await ready();
    ports.mail.refuse(error);
    await work();
    expect(await row(MOTHER)).toMatchObject({ state: 'pending', attempts: 1, putOff });
    expect(ports.urgentQueue.sent().map((one) => one.delay)).toEqual([delay, delay]);
    ports.mail.refuse(undefined);
    ports.clock.move(delay * 1000);
    await work();
    expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
    expect((await row(MOTHER))?.putOff).toBeUndefined();
  });

  it('refuses the message itself: the family is called', async () => {
    const { work, row, ports, lines } = await ready();
    ports.mail.refuse(sesError('MessageRejected', 'Address blacklisted.', 400));
    await work();
    expect(await row(MOTHER)).toMatchObject({ state: 'unreachable', reason: 'refused' });
    expect(lines()).toHaveLength(2);
  });

  it.each([
    ['gives no answer', sesError('TimeoutError', 'socket hang up')],
    ['fails itself', sesError('InternalFailure', 'oops', 500)],
  ])('%s: nobody knows, so nobody sends again', async (_, error) => {
    const { work, row, ports, told } = await ready();
    ports.mail.refuse(error);
    await work();
    ports.mail.refuse(undefined);
    await told();
    await work();
    expect(ports.mail.sent()).toEqual([]);
    expect(await row(MOTHER)).toMatchObject({ state: 'claimed' });
  });
});

describe('the claim', () => {
  it('outlives the function that holds it', () => {
    expect(LEASE_MS).toBeGreaterThan(manifest.workers['send-mail'].timeout * 1000);
  });

  it('is given back when a question cannot be answered: nothing was sent', async () => {
    const { row, ports } = await ready();
    const [first] = ports.urgentQueue.take();
    await sendMail(first as never, { ...ports, ask: () => Promise.reject(new Error('no answer')) });
    expect(await row(MOTHER)).toMatchObject({ state: 'pending', attempts: 1 });
    expect(ports.urgentQueue.sent()).toMatchObject([{ delay: 2 }]);
  });

  it('is kept when what SES took cannot be recorded: a second mail would be worse', async () => {
    const { row, ports } = await ready();
    const [first] = ports.urgentQueue.take();
    const broken = { ...ports.notifications, write: ports.notifications.write };
    broken.write = async (...writes) => {
      if (JSON.stringify(writes).includes('accepted')) throw new Error('throttled');
      return ports.notifications.write(...writes);
    };
    await sendMail(first as never, { ...ports, notifications: broken });
    await sendMail(first as never, ports);
    expect(ports.mail.sent()).toHaveLength(1);
    expect(await row(MOTHER)).toMatchObject({ state: 'claimed' });
  });

  it('keeps one message for each row however often two at one address are refused', async () => {
    const { ports, work } = await ready(({ facts }) => {
      facts.guardians = [guardian(MOTHER, 'home@example.org'), guardian(FATHER, 'home@example.org')];
    });
    ports.mail.refuse(sesError('Throttling', 'Daily message quota exceeded.', 400));
    for (let round = 0; round < 8; round += 1) {
      await work();
      expect(ports.urgentQueue.sent()).toHaveLength(2);
      ports.clock.move(900_000);
    }
    ports.mail.refuse(undefined);
    await work();
    expect(ports.mail.sent()).toHaveLength(1);
  });

  it('lets one of three workers send, in whatever order their steps fall', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        const { ports, idOf, sentTo, work } = await ready();
        ports.urgentQueue.take();
        const stepped = <T extends object>(port: T): T =>
          new Proxy(port, {
            get: (target, name) => {
              const held = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
              return (...given: unknown[]) => s.schedule(Promise.resolve(String(name))).then(() => held.apply(target, given));
            },
          });
        const mine = { ...ports, notifications: stepped(ports.notifications), mail: stepped(ports.mail), ask: ports.ask };
        const workers = [MOTHER, MOTHER, MOTHER].map((who) => sendMail(message(idOf(who)), mine));
        await s.waitFor(Promise.all(workers));
        await work();
        expect(sentTo()).toEqual(['claire@example.org']);
      }),
      { numRuns: Number(process.env.PREAU_ORDERS ?? 10_000) },
    );
  });
});

describe('the pace', () => {
  it('is the share of urgent mail, divided among the workers', async () => {
    expect(await paceOf({ mail: { rate: async () => 14, send: async () => ({ messageId: '' }) } })).toBeCloseTo(4.9);
  });

  it('is that of a new account while the quota cannot be asked', async () => {
    expect(await paceOf({ mail: { rate: () => Promise.reject(new Error('no')), send: async () => ({ messageId: '' }) } })).toBeCloseTo(
      0.35,
    );
  });
});
