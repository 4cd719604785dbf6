import { describe, expect, it } from 'vitest';
import { sendMail } from '../../functions/notifications/send-mail.ts';
import { DeliveryDue } from '../../shared/notifications/message.ts';
import { MOTHER, schoolDay } from '../functions/notifications/school-day.ts';

const HOUR = 3_600_000;
const AGES = [
  ['an hour', HOUR],
  ['a day', 24 * HOUR],
  ['thirteen days', 13 * 24 * HOUR],
] as const;

/** A school day whose queue forgets nothing: whatever was ever put on it can come again. */
const keptDay = () => {
  const day = schoolDay();
  const kept: unknown[] = [];
  const send = day.ports.urgentQueue.send;
  day.ports.urgentQueue.send = async (message, seconds) => {
    kept.push(message);
    return send(message, seconds);
  };
  const accepts = () => day.ports.mail.sent().length;
  /** Everything comes back from the failure queue, events and messages, each three times and in both orders. */
  const redrive = async () => {
    const messages = [...kept];
    for (const round of [messages, messages.toReversed(), messages]) {
      await day.told();
      for (const message of round) await sendMail(DeliveryDue.parse(message), day.ports);
    }
  };
  return { ...day, accepts, redrive };
};
type Day = ReturnType<typeof keptDay>;

const work = async (day: Day) => {
  await day.told();
  day.dueTime();
  await day.work();
};

/** Where the queue's work stopped, and how many mails SES had taken by then. */
const STAGES: readonly (readonly [string, number, (day: Day) => Promise<void>])[] = [
  ['after both mails were taken', 2, work],
  [
    'after SES took what could not be recorded',
    2,
    async (day) => {
      const write = day.ports.notifications.write;
      day.ports.notifications.write = async (...writes) => {
        if (writes.some((one) => 'update' in one && (one.set as { state?: string }).state === 'accepted')) throw new Error('away');
        return write(...writes);
      };
      await work(day).catch(() => undefined);
      await day.work().catch(() => undefined);
      day.ports.notifications.write = write;
    },
  ],
  [
    'after it was put right, and taken back',
    4,
    async (day) => {
      await work(day);
      await day.becomes({ state: 'cancelled' });
      await day.work();
    },
  ],
];

describe.each(AGES)('a queue redriven after %s', (_age, milliseconds) => {
  it.each(STAGES)('%s has nothing accepted a second time', async (_stage, mails, until) => {
    const day = keptDay();
    await until(day);
    expect(day.accepts()).toBe(mails);
    day.ports.clock.move(milliseconds);
    await day.redrive();
    expect(day.accepts()).toBe(mails);
  });

  it('before anything was sent tells each family, once', async () => {
    const day = keptDay();
    await day.told();
    day.dueTime();
    day.ports.clock.move(milliseconds);
    await day.redrive();
    expect(day.sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
    expect(await day.row(MOTHER)).toMatchObject({ state: 'accepted', late: true });
  });

  it('after SES refused both for a moment tells each family, once', async () => {
    const day = keptDay();
    day.ports.mail.refuse(
      Object.assign(new Error('Maximum sending rate exceeded.'), { name: 'Throttling', $metadata: { httpStatusCode: 400 } }),
    );
    await work(day);
    expect(day.accepts()).toBe(0);
    day.ports.mail.refuse(undefined);
    day.ports.clock.move(milliseconds);
    await day.redrive();
    expect(day.sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
  });

  it('after it was put right untold tells nobody', async () => {
    const day = keptDay();
    await day.told();
    await day.becomes({ state: 'cancelled' });
    day.ports.clock.move(milliseconds);
    await day.redrive();
    expect(day.accepts()).toBe(0);
  });
});
