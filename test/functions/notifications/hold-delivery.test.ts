import { describe, expect, it } from 'vitest';
import { holdDelivery } from '../../../functions/notifications/hold-delivery.ts';
import { DATE, MOTHER, schoolDay, UAI } from './school-day.ts';

const planned = async () => {
  const day = schoolDay();
  await day.told();
  return { ...day, params: { uai: UAI, date: DATE, deliveryId: day.idOf(MOTHER) } };
};

describe('a message that is held', () => {
  it('does not go when it is due; the others do', async () => {
    const { params, ports, work, sentTo, dueTime } = await planned();
    expect(await holdDelivery({ params }, ports)).toMatchObject({ state: 'held', heldUntil: '2026-09-15T07:47:00.000Z' });
    dueTime();
    await work();
    expect(sentTo()).toEqual(['paul@example.org']);
    expect(ports.urgentQueue.sent().map(({ delay }) => delay)).toEqual([900]);
  });

  it('goes by itself half an hour after its time: a forgotten hold loses nothing', async () => {
    const { params, ports, work, sentTo } = await planned();
    await holdDelivery({ params }, ports);
    ports.clock.set('2026-09-15T09:47');
    await work();
    expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
  });

  it('stays as it is when the key is pressed twice', async () => {
    const { params, ports } = await planned();
    const first = await holdDelivery({ params }, ports);
    ports.clock.move(60_000);
    expect(await holdDelivery({ params }, ports)).toEqual(first);
  });

  it('cannot be one that has gone', async () => {
    const { params, ports, work, dueTime } = await planned();
    dueTime();
    await work();
    await expect(holdDelivery({ params }, ports)).rejects.toMatchObject({ code: 'notifications.already-gone', kind: 'conflict' });
  });

  it('is missing when the day or the school is another', async () => {
    const { params, ports } = await planned();
    await expect(holdDelivery({ params: { ...params, uai: '0352073W' } }, ports)).rejects.toMatchObject({ code: 'request.not-found' });
    await expect(holdDelivery({ params: { ...params, date: '2026-09-16' } }, ports)).rejects.toMatchObject({ code: 'request.not-found' });
  });

  it('is stopped by a correction like any other', async () => {
    const { params, ports, becomes, row } = await planned();
    await holdDelivery({ params }, ports);
    await becomes({ state: 'cancelled' });
    expect(await row(MOTHER)).toMatchObject({ state: 'cancelled' });
  });
});
