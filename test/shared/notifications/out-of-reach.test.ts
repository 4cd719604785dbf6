import { describe, expect, it } from 'vitest';
import { afterFailure, isOutOfReach, type OutOfReach } from '../../../shared/notifications/out-of-reach.ts';
import type { Recipient } from '../../../shared/notifications/recipient.ts';

const row = { uai: '0352072V', guardianId: 'p_claire01', pupilId: 'p_ines0001', addressKey: 'to_a', expiresAt: 1 };
const first = '2026-09-15T07:17:00.000Z';
const later = '2026-09-28T07:17:00.000Z';
const person: Recipient = {
  ...{ personId: 'p_claire01', familyName: 'LEMOINE', givenName: 'Claire', language: 'fr', householdId: '1', self: false },
  email: 'a',
};
const keyOf = (address: string) => `to_${address}`;

describe('one more message that reached nobody', () => {
  const bounced = (known?: OutOfReach, lasting = false, more = {}) =>
    afterFailure({ ...row, reason: 'bounced', ...more }, known, { lasting, at: known ? later : first });

  it('counts on from the first, as long as the address is the same', () => {
    const once = bounced();
    expect(once).toMatchObject({ times: 1, since: first, lasting: false });
    expect(bounced(once)).toMatchObject({ times: 2, since: first });
    expect(bounced(once, false, { addressKey: 'to_b' })).toMatchObject({ times: 1, since: later });
  });

  it('never makes a lasting word a passing one', () => {
    expect(bounced(bounced(undefined, true))).toMatchObject({ lasting: true });
  });

  it.each(['uncertain', 'told-otherwise', 'nobody-to-tell', undefined])('says nothing of an address when its reason is %s', (reason) => {
    expect(afterFailure({ ...row, reason }, undefined, { lasting: true, at: first })).toBeUndefined();
  });
});

describe('a person', () => {
  const known = (times: number, lasting = false): OutOfReach => ({ ...row, reason: 'bounced', times, lasting, since: first });
  const out = (note: OutOfReach | undefined, of: Partial<Recipient> = {}, sms = false) =>
    isOutOfReach(note, { ...person, ...of }, { sms }, keyOf);

  it('is out of reach without an address, at a lasting word, and at the second passing one', () => {
    expect(out(undefined, { email: undefined })).toBe(true);
    expect(out(known(1, true))).toBe(true);
    expect(out(known(2))).toBe(true);
    expect(out(known(1))).toBe(false);
    expect(out(undefined)).toBe(false);
  });

  it('is within reach at another address, or by text messages where the school sends some', () => {
    expect(out(known(2), { email: 'b' })).toBe(false);
    expect(out(known(2), { mobile: '+33639980117' }, true)).toBe(false);
    expect(out(known(2), { mobile: '+33639980117' })).toBe(true);
  });
});
