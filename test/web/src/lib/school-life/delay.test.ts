import { describe, expect, it } from 'vitest';
import type { DeliveryLine } from '#lib/school-life/cases.ts';
import { delayOf } from '#lib/school-life/delay.ts';

const DUE = '2026-11-23T08:15:00.000Z';
const row = (state: DeliveryLine['state'], rest: Partial<DeliveryLine> = {}): DeliveryLine => ({
  ...{ deliveryId: 'd_1', pupilId: 'p_000000000001', episodeId: 'e_1', guardianId: 'p_g', kind: 'absence', channel: 'email', state },
  ...{ dueAt: DUE, resent: false, late: false, held: state === 'held', ...rest },
});
const at = (now: string, deliveries: DeliveryLine[], paused = false) => delayOf({ deliveries, paused, now });

describe('messages that something makes wait', () => {
  it('are none while they leave in their time, or somebody at the school makes them wait', () => {
    expect(at('2026-11-23T08:17:00.000Z', [row('pending'), row('accepted'), row('claimed')])).toBeUndefined();
    expect(at('2026-11-23T08:40:00.000Z', [row('held', { heldUntil: '2026-11-23T08:45:00.000Z' }), row('accepted')])).toBeUndefined();
    expect(at('2026-11-23T09:40:00.000Z', [row('pending', { putOff: 'quota' })], true)).toBeUndefined();
  });

  it('are counted from the first that should be gone, three minutes after', () => {
    const deliveries = [row('pending'), row('pending', { dueAt: '2026-11-23T08:14:00.000Z' }), row('delivered')];
    expect(at('2026-11-23T08:18:30.000Z', deliveries)).toEqual({ messages: 2, since: '2026-11-23T08:14:00.000Z', quota: false });
  });

  it('are known at once when the gateway says that it takes none today, or none of ours', () => {
    expect(at(DUE, [row('pending', { putOff: 'quota' })])).toEqual({ messages: 1, since: DUE, quota: true });
    expect(at(DUE, [row('pending', { putOff: 'later' })])).toEqual({ messages: 1, since: DUE, quota: false });
    expect(at(DUE, [row('pending', { putOff: 'soon' })])).toBeUndefined();
  });
});
