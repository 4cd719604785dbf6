import { expect, it } from 'vitest';
import { holdDelivery } from '../../../functions/notifications/hold-delivery.ts';
import { sendNow } from '../../../functions/notifications/send-now.ts';
import { DATE, FATHER, MOTHER, schoolDay, UAI } from './school-day.ts';

it('sends at once, waiting or held, and once', async () => {
  const { told, ports, idOf, work, sentTo } = schoolDay();
  await told();
  ports.urgentQueue.take();
  const of = (guardianId: string) => ({ params: { uai: UAI, date: DATE, deliveryId: idOf(guardianId) } });
  await holdDelivery(of(MOTHER), ports);
  expect(await sendNow(of(MOTHER), ports)).toMatchObject({ state: 'pending', dueAt: '2026-09-15T07:08:00.000Z' });
  await sendNow(of(MOTHER), ports);
  await work();
  expect(sentTo()).toEqual(['claire@example.org']);
  await sendNow(of(FATHER), ports);
  await work();
  expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
});

it('refuses a message that has gone, or was put right', async () => {
  const { told, ports, idOf, becomes } = schoolDay();
  await told();
  await becomes({ state: 'cancelled' });
  await expect(sendNow({ params: { uai: UAI, date: DATE, deliveryId: idOf(MOTHER) } }, ports)).rejects.toMatchObject({
    code: 'notifications.already-gone',
    details: { state: 'cancelled' },
  });
});
