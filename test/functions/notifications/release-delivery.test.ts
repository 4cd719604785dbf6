import { expect, it } from 'vitest';
import { holdDelivery } from '../../../functions/notifications/hold-delivery.ts';
import { releaseDelivery } from '../../../functions/notifications/release-delivery.ts';
import { DATE, MOTHER, schoolDay, UAI } from './school-day.ts';

it('lets a held message go at its time, and at once when that has passed', async () => {
  const { told, ports, idOf, work, sentTo, dueTime, row } = schoolDay();
  await told();
  const params = { uai: UAI, date: DATE, deliveryId: idOf(MOTHER) };
  await holdDelivery({ params }, ports);
  dueTime();
  await work();
  ports.urgentQueue.take();
  ports.clock.move(20 * 60_000);
  expect(await releaseDelivery({ params }, ports)).toMatchObject({ state: 'pending' });
  expect(ports.urgentQueue.sent()).toMatchObject([{ delay: 0 }]);
  await work();
  expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
  // It was school life that waited.
  expect(await row(MOTHER)).toMatchObject({ state: 'accepted', late: false });
});

it('changes nothing of a message that was not held', async () => {
  const { told, ports, idOf, row } = schoolDay();
  await told();
  const before = await row(MOTHER);
  await releaseDelivery({ params: { uai: UAI, date: DATE, deliveryId: idOf(MOTHER) } }, ports);
  expect(await row(MOTHER)).toEqual(before);
});

it('refuses one that has gone', async () => {
  const { told, ports, idOf, work, dueTime } = schoolDay();
  await told();
  dueTime();
  await work();
  await expect(releaseDelivery({ params: { uai: UAI, date: DATE, deliveryId: idOf(MOTHER) } }, ports)).rejects.toMatchObject({
    code: 'notifications.already-gone',
  });
});
