import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { consume } from '../../../functions/runtime/consume.ts';
import { type Feedback, feedback, toFeedback } from '../../../functions/runtime/feedback.ts';
import { runSchedule } from '../../../functions/runtime/run-schedule.ts';
import { work } from '../../../functions/runtime/work.ts';
import { defineEvent, type Occurrence } from '../../../shared/kernel/index.ts';
import { basePorts } from '../../doubles/index.ts';
import { invoked, readLine } from './invoked.ts';

const on = () => ({ ports: basePorts(), line: readLine().line });
const runs = { grants: [], loses: 'Nothing.' } as const;

describe('a consumer', () => {
  const lent = defineEvent({ name: 'library.book-lent', payload: z.object({ book: z.string() }), summary: 'Lent' });
  const heard: Occurrence<typeof lent>[] = [];
  const handler = consume({ ...runs, on: [lent] }, (event) => void heard.push(event), on());

  it('hears its event, its payload as declared', async () => {
    await handler({ 'detail-type': 'library.book-lent', detail: { book: 'a', extra: 1 } }, invoked());
    expect(heard).toEqual([{ name: 'library.book-lent', payload: { book: 'a' } }]);
  });

  it('fails on a payload of another shape and on an event that is not its own, so that both are filed', async () => {
    await expect(handler({ 'detail-type': 'library.book-lent', detail: { book: 1 } }, invoked())).rejects.toThrow();
    await expect(handler({ 'detail-type': 'library.book-lost', detail: { book: 'a' } }, invoked())).rejects.toThrow();
    expect(heard).toHaveLength(1);
  });
});

describe('a worker', () => {
  const entry = { ...runs, queue: 'urgent', batch: 10, concurrency: 2 } as const;
  const records = (...bodies: unknown[]) => ({
    Records: bodies.map((body, index) => ({ messageId: `m${index}`, body: JSON.stringify(body) })),
  });

  it('hands back the messages that failed, and no others', async () => {
    const done: number[] = [];
    const handler = work(
      entry,
      ({ row }) => {
        if (row === 1) throw new Error('Martin Dupont');
        done.push(row);
      },
      { ...on(), message: z.object({ row: z.int() }) },
    );
    const { batchItemFailures } = await handler(records({ row: 0 }, { row: 1 }, { row: 'x' }, { row: 3 }), invoked());
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }]);
    expect(done).toEqual([0, 3]);
  });

  it('does not begin what it has no time to end', async () => {
    const begun: unknown[] = [];
    const handler = work(entry, (message) => void begun.push(message), on());
    expect(await handler(records(1, 2), invoked(1_000))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }],
    });
    expect(begun).toEqual([]);
  });

  it('spaces its messages, over batches too', async () => {
    const starts: number[] = [];
    const handler = work(entry, () => void starts.push(performance.now()), { ...on(), pace: () => 50 });
    await handler(records(1, 2, 3), invoked());
    await handler(records(4), invoked());
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] as number));
    expect(gaps).toHaveLength(3);
    expect((starts.at(-1) as number) - (starts[0] as number)).toBeGreaterThanOrEqual(57);
  });
});

describe('a schedule', () => {
  it('runs, and lets the platform know when it failed', async () => {
    let ran = 0;
    await runSchedule({ ...runs, everyMinutes: 15 }, () => void ran++, on())({}, invoked());
    expect(ran).toBe(1);
    const failing = runSchedule(
      { ...runs, everyMinutes: 15 },
      () => {
        throw new Error('no');
      },
      on(),
    );
    await expect(failing({}, invoked())).rejects.toThrow('no');
  });

  it('says in one line that it failed, and not why', async () => {
    const { line, lines, text } = readLine();
    const failing = runSchedule(
      { ...runs, everyMinutes: 15 },
      () => {
        throw new TypeError('Martin Dupont');
      },
      { ports: basePorts(), line },
    );
    await expect(failing({}, invoked())).rejects.toThrow();
    expect(lines()).toEqual([expect.objectContaining({ code: 'library.api', fault: 'TypeError' })]);
    expect(text()).not.toContain('Dupont');
  });
});

describe('what SES says of a mail', () => {
  const mail = { messageId: 'ses-1', tags: { row: ['d_1'], other: ['x'] } };

  it.each([
    [
      { eventType: 'Delivery', mail },
      { kind: 'delivery', messageId: 'ses-1', row: 'd_1' },
    ],
    [
      { notificationType: 'Delivery', mail: { messageId: 'ses-1' } },
      { kind: 'delivery', messageId: 'ses-1' },
    ],
    [
      { eventType: 'Bounce', mail, bounce: { bounceType: 'Permanent' } },
      { kind: 'bounce', permanent: true, messageId: 'ses-1', row: 'd_1' },
    ],
    [
      { notificationType: 'Bounce', mail, bounce: { bounceType: 'Transient' } },
      { kind: 'bounce', permanent: false, messageId: 'ses-1', row: 'd_1' },
    ],
    [
      { eventType: 'Complaint', mail },
      { kind: 'complaint', messageId: 'ses-1', row: 'd_1' },
    ],
    [
      { eventType: 'Reject', mail },
      { kind: 'reject', messageId: 'ses-1', row: 'd_1' },
    ],
    [{ eventType: 'Send', mail }, undefined],
  ])('is understood in either shape: %j', (message, expected) => {
    expect(toFeedback(message)).toEqual(expected);
  });

  it('reaches the use case, and a message of another kind fails', async () => {
    const heard: Feedback[] = [];
    const handler = feedback({ ...runs, feedback: 'mail' }, (one) => void heard.push(one), on());
    const said = (message: unknown) => ({ Records: [{ Sns: { Message: JSON.stringify(message) } }] });
    await handler(said({ eventType: 'Delivery', mail }), invoked());
    await handler(said({ eventType: 'Send', mail }), invoked());
    expect(heard).toHaveLength(1);
    await expect(handler(said({ eventType: 'Delivery' }), invoked())).rejects.toThrow();
  });

  it('is heard again in a moment when its mail is not known yet, and filed when it never is', async () => {
    let heard = 0;
    const after = (failures: number) =>
      feedback(
        { ...runs, feedback: 'mail' },
        () => {
          heard += 1;
          if (heard <= failures) throw new Error('no row has this message');
        },
        on(),
      );
    const word = { Records: [{ Sns: { Message: JSON.stringify({ eventType: 'Delivery', mail }) } }] };
    await after(1)(word, invoked());
    expect(heard).toBe(2);
    heard = 0;
    await expect(after(9)(word, invoked())).rejects.toThrow('no row has this message');
    expect(heard).toBe(3);
  });
});
