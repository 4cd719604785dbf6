import { describe, expect, it } from 'vitest';
import { byParticipants, maskOf, mondayOf, WeekCalendar } from '../../../../functions/directory/formats/week-masks.ts';

describe('week masks', () => {
  it('reads 64 bits exactly, without the unused bit 0', () => {
    expect(maskOf('18446744073709551615')).toBe(2n ** 64n - 2n);
    expect(maskOf('9007199254740993')).toBe(9007199254740992n);
  });

  it.each(['18446744073709551616', '-2', '1e3', '', undefined])('refuses %s', (text) => {
    expect(maskOf(text)).toBeUndefined();
  });

  it('counts weeks from the Monday of the first', () => {
    expect(mondayOf('2026-09-01')).toBe('2026-08-31');
    expect(new WeekCalendar('2026-08-31').mondaysOf(0b1011n << 1n)).toEqual(['2026-08-31', '2026-09-07', '2026-09-21']);
  });

  it('regroups the weeks in which the same are present', () => {
    expect(
      byParticipants([
        { who: 'a', mask: 0b0110n },
        { who: 'b', mask: 0b1100n },
      ]),
    ).toEqual([
      { mask: 0b0010n, present: ['a'] },
      { mask: 0b0100n, present: ['a', 'b'] },
      { mask: 0b1000n, present: ['b'] },
    ]);
  });
});
