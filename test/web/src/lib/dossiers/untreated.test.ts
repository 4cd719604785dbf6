import { describe, expect, it } from 'vitest';
import {
  after,
  byDay,
  halfOf,
  meant,
  type Reason,
  reasonOfKey,
  type TimelineEntry,
  type UntreatedAbsence,
} from '#lib/dossiers/untreated.ts';

const absence = (absenceId: string, treatment?: UntreatedAbsence['treatment']): UntreatedAbsence => ({
  absenceId,
  pupilId: 'p_0197b3c0a1b2',
  familyName: 'LEMOINE',
  givenName: 'Inès',
  date: '2026-11-23',
  fromMinute: 540,
  untilMinute: 595,
  going: false,
  lessons: [],
  halfDays: ['morning'],
  answers: [],
  month: { halfDaysWithoutReason: 1, threshold: 4 },
  urgency: 'without-reason',
  ...(treatment && { treatment }),
});
const treatment: NonNullable<UntreatedAbsence['treatment']> = {
  treatmentId: 't_0197b3c0a1b2c3d4',
  untilSeen: false,
  justified: true,
  settled: false,
  outsideSchool: true,
  onReport: true,
  by: 'p_0197b3c0ffff',
  at: '2026-11-23T08:30:00.000Z',
};

describe('the queue of untreated absences', () => {
  it('keeps apart what nobody explained and what is still awaited', () => {
    expect(halfOf(absence('a_1'))).toBe('without-reason');
    expect(halfOf(absence('a_1', treatment))).toBe('to-settle');
  });

  it('treats the chosen ones, or else the one that is open', () => {
    const all = [absence('a_1'), absence('a_2'), absence('a_3')];
    expect(meant(all, new Set(), 'a_2').map(({ absenceId }) => absenceId)).toEqual(['a_2']);
    expect(meant(all, new Set(['a_1', 'a_3']), 'a_2').map(({ absenceId }) => absenceId)).toEqual(['a_1', 'a_3']);
    expect(meant(all, new Set(), undefined)).toEqual([]);
  });

  it('goes on to the next one below when one leaves the list, to the last one when none is below', () => {
    const ids = ['a', 'b', 'c'];
    expect(after(ids, ['b'], 'b')).toBe('c');
    expect(after(ids, ['c'], 'c')).toBe('b');
    expect(after(ids, ['a', 'b'], 'b')).toBe('c');
    expect(after(ids, ids, 'b')).toBeUndefined();
    expect(after(ids, ['a'], 'b')).toBe('b');
  });

  it('gives keys to the first nine reasons only', () => {
    const reasons = Array.from({ length: 12 }, (_, at) => ({ reasonId: `r_${at}` })) as unknown as Reason[];
    expect(reasonOfKey(reasons, '1')?.reasonId).toBe('r_0');
    expect(reasonOfKey(reasons, '9')?.reasonId).toBe('r_8');
    for (const key of ['0', '10', 'a', '', '1.5']) expect(reasonOfKey(reasons, key)).toBeUndefined();
  });
});

describe('a pupil’s timeline', () => {
  it('is told day by day, in its own order', () => {
    const entries = ['2026-11-23', '2026-11-23', '2026-11-20'].map((date, at) => ({ date, at })) as unknown as TimelineEntry[];
    expect(byDay(entries).map(({ date, entries: of }) => [date, of.length])).toEqual([
      ['2026-11-23', 2],
      ['2026-11-20', 1],
    ]);
  });
});
