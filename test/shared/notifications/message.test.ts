import { expect, it } from 'vitest';
import { DeliveryDue, delayUntil, due } from '../../../shared/notifications/message.ts';

const now = new Date('2026-09-15T07:00:00.000Z');

it.each([
  ['2026-09-15T06:00:00.000Z', 0],
  ['2026-09-15T07:00:00.001Z', 1],
  ['2026-09-15T07:10:00.000Z', 600],
  ['2026-09-15T09:00:00.000Z', 900],
])('waits until %s in steps the queue can hold: %i s', (at, seconds) => expect(delayUntil(at, now)).toBe(seconds));

it('carries keys, and nothing else of the row', () => {
  const row = { uai: '0352072V', date: '2026-09-15', deliveryId: 'd_00000001-00000002', guardianId: 'p_00000001' };
  expect(DeliveryDue.parse(due(row))).toEqual({ type: 'delivery-due', uai: row.uai, date: row.date, deliveryId: row.deliveryId });
});
