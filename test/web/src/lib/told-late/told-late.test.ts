import { describe, expect, it } from 'vitest';
import { byDay, type Family, reachesFamilies, whenOf } from '../../../../../web/src/lib/told-late/told-late.ts';

const family = (date: string, of: string, more: Partial<Family> = {}): Family => ({
  date,
  of,
  pupilId: 'p_ines0001',
  episodeId: 'e_ines0001',
  ...more,
});

describe('families told late, on their page', () => {
  it('stand by the day on which they heard, in the order of the list', () => {
    const all = [family('2026-09-28', '2026-09-15'), family('2026-09-28', '2026-09-27'), family('2026-09-25', '2026-09-25')];
    expect(byDay(all).map(([day, told]) => [day, told.length])).toEqual([
      ['2026-09-28', 2],
      ['2026-09-25', 1],
    ]);
  });

  it('say the two hours of one day, and none across days', () => {
    const dueAt = '2026-09-15T07:17:00.000Z';
    expect(whenOf({ dueAt, at: '2026-09-15T13:10:00.000Z' }, 'Europe/Paris')).toBe('15 h 10 au lieu de 9 h 17');
    expect(whenOf({ dueAt, at: '2026-09-28T13:10:00.000Z' }, 'Europe/Paris')).toBeUndefined();
    expect(whenOf({}, 'Europe/Paris')).toBeUndefined();
  });

  it('are shown to who has a duty towards them', () => {
    expect(reachesFamilies({ duties: ['office'] })).toBe(true);
    expect(reachesFamilies({ duties: [] })).toBe(false);
  });
});
