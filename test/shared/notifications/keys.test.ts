import { describe, expect, it } from 'vitest';
import { natural } from '../../../functions/runtime/ids.ts';
import { DeliveryId } from '../../../shared/kernel/index.ts';
import { CallId } from '../../../shared/notifications/call.ts';
import { addressKey, callId, deliveryId, episodeKey, episodeKeyOf, expiry, fromTag, toTag } from '../../../shared/notifications/keys.ts';

const ids = { natural };
const episode = { uai: '0352072V', date: '2026-09-15', pupilId: 'p_00000001', episodeId: 'e_00000001' };
const row = { ...episode, kind: 'absence', guardianId: 'p_00000002', channel: 'email' } as const;

describe('a row’s id', () => {
  it('is the same for the same message, and another for any other', () => {
    const all = [
      row,
      { ...row, kind: 'arrived' },
      { ...row, guardianId: 'p_00000003' },
      { ...row, channel: 'phone' },
      { ...row, date: '2026-09-16' },
    ] as const;
    expect(deliveryId(row, ids)).toBe(deliveryId({ ...row }, ids));
    expect(new Set(all.map((one) => deliveryId(one, ids))).size).toBe(all.length);
  });

  it('lies beside the others of its episode, and is an id', () => {
    const id = deliveryId(row, ids);
    expect(DeliveryId.safeParse(id).success).toBe(true);
    expect(episodeKeyOf(id)).toBe(episodeKey(episode, ids));
  });
});

describe('the tag of a mail', () => {
  it('finds its row again, in characters SES takes', () => {
    const where = { uai: row.uai, date: row.date, deliveryId: deliveryId(row, ids) };
    expect(toTag(where)).toMatch(/^[\w-]{1,256}$/);
    expect(fromTag(toTag(where))).toEqual(where);
  });

  it.each(['', 'session-password', '0352072V_2026-09-15_', '0352072V_2026-09-15_d_x#y', '../0352072V_2026-09-15_d_00000000-00000000'])(
    'of somebody else, %j, is nobody’s',
    (tag) => expect(fromTag(tag)).toBeUndefined(),
  );
});

it('takes an address for the same whatever its capitals, and only in one school', () => {
  expect(addressKey('0352072V', ' Claire@Example.org', ids)).toBe(addressKey('0352072V', 'claire@example.org', ids));
  expect(addressKey('0352072V', 'claire@example.org', ids)).not.toBe(addressKey('0352073W', 'claire@example.org', ids));
  expect(addressKey('0352072V', 'claire@example.org', ids)).not.toContain('claire');
});

it('gives a household one line about a pupil and day', () => {
  const line = { uai: row.uai, date: row.date, pupilId: row.pupilId, householdId: '778162' };
  expect(CallId.safeParse(callId(line, ids)).success).toBe(true);
  expect(callId(line, ids)).not.toBe(callId({ ...line, householdId: '778163' }, ids));
});

describe('a day’s rows', () => {
  const days = (date: string) => (expiry(date, new Date(0)) / 86_400) as number;

  it.each([
    ['2026-09-15', 351],
    ['2027-07-31', 32],
    ['2027-08-16', 382],
    ['2027-08-31', 367],
    ['2027-09-01', 366],
  ])('of %s go after %i days: when their school year is over', (date, count) => expect(days(date)).toBe(count));

  it('are kept by the real clock, wherever the civil one stands', () => {
    expect(expiry('2013-09-02', new Date('2026-09-15T00:00:00Z'))).toBeGreaterThan(Date.parse('2027-08-01') / 1000);
  });
});
