import { describe, expect, it } from 'vitest';
import { type DayFigures, usualDates, usualOf } from '../../../shared/attendance/usual-days.ts';

const day = (over: Partial<DayFigures>): DayFigures => ({ date: '2026-09-08', seats: 100, missed: 5, due: 10, done: 10, ...over });

describe('what is usual', () => {
  it('is the same day of the week in the four weeks before', () => {
    expect(usualDates('2026-09-15')).toEqual(['2026-09-08', '2026-09-01', '2026-08-25', '2026-08-18']);
  });

  it('weighs days by their pupils and lessons', () => {
    expect(usualOf([day({}), day({ seats: 300, missed: 35, due: 30, done: 20 })])).toEqual({ attendance: 0.9, rollCalls: 0.75, days: 2 });
  });

  it('leaves days without school or without a roll call out, and is nothing when there was no other', () => {
    expect(usualOf([day({}), day({ seats: 0, missed: 0, due: 0, done: 0 })])).toMatchObject({ attendance: 0.95, days: 1 });
    expect(usualOf([day({ seats: 0, missed: 0 })])).toBeUndefined();
    expect(usualOf([])).toBeUndefined();
  });
});
