import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counting, DayFacts } from '../../../shared/attendance/half-days.ts';
import { followMonth, handleAlert, type PupilMonth, type Thresholds } from '../../../shared/attendance/pupil-month.ts';

const counting: Counting = {
  halfDaySwitch: 750,
  openHalfDays: [1, 2, 3, 4, 5].flatMap((weekday) => (['morning', 'afternoon'] as const).map((half) => ({ weekday, half }))),
};
const thresholds: Thresholds = { commission: 4, referent: 10, absences: 5, latenesses: 3 };
const NOW = '2026-11-30T18:00:00.000Z';
const rules = { counting, thresholds, now: NOW };
const who = { uai: '0750001A', pupilId: 'p_pupil001', classLabel: '5e B' };
const dateOf = (day: number) => `2026-11-${String(day).padStart(2, '0')}`;

/** A day of November 2026 (the 2nd is a Monday) with these halves missed. */
const day = (date: number, halves: number, { justified = false, late = 0 } = {}): DayFacts => {
  const lesson = (startMinute: number) => ({
    lessonId: `l_lesson${startMinute}`,
    startMinute,
    endMinute: startMinute + 55,
    justified,
    open: !justified,
    onReport: true,
  });
  return {
    date: dateOf(date),
    missed: [480, 840].slice(0, halves).map(lesson),
    late: [540, 600, 660, 900].slice(0, late).map((start) => ({ ...lesson(start), minutes: 5 })),
    absences: halves > 0 ? [{ startMinute: 480, justified }] : [],
  };
};
const after = (...days: DayFacts[]): PupilMonth | undefined =>
  days.reduce((month: PupilMonth | undefined, facts) => followMonth(month, who, facts, rules), undefined);
const states = (month: PupilMonth | undefined) => month?.alerts.map(({ kind, state, count }) => [kind, state, count]);

describe('a pupil’s month', () => {
  it('is nothing while nothing counts', () => {
    expect(after(day(2, 0))).toBeUndefined();
    expect(after(day(2, 1))).toMatchObject({ month: '2026-11', days: [{ date: '2026-11-02' }], alerts: [] });
  });

  it('raises the commission éducative at the fourth half-day without reason, and not at the third', () => {
    expect(states(after(day(2, 2), day(3, 1)))).toEqual([]);
    expect(states(after(day(2, 2), day(3, 2)))).toEqual([['commission', 'raised', 4]]);
    expect(states(after(day(2, 2), day(3, 1), day(4, 1, { justified: true })))).toEqual([]);
  });

  it('raises a referent at ten, and the school’s own alerts', () => {
    const all = after(...[2, 3, 4, 5, 6].map((date) => day(date, 2, { late: date === 2 ? 3 : 0 })));
    expect(states(all)).toEqual([
      ['commission', 'raised', 10],
      ['referent', 'raised', 10],
      ['absences', 'raised', 5],
      ['latenesses', 'raised', 3],
    ]);
  });

  it('never raises one that a school switched off', () => {
    const off = { ...rules, thresholds: { ...thresholds, latenesses: 0 } };
    expect(followMonth(undefined, who, day(2, 0, { late: 4 }), off)?.alerts).toEqual([]);
  });

  it('falls back when an absence is justified later, and rises again, each once', () => {
    const raised = after(day(2, 2), day(3, 2)) as PupilMonth;
    const fallen = followMonth(raised, who, day(3, 2, { justified: true }), { ...rules, now: '2026-12-01T08:00:00.000Z' }) as PupilMonth;
    expect(fallen.alerts).toMatchObject([{ state: 'fallen', count: 2, raisedAt: NOW, changedAt: '2026-12-01T08:00:00.000Z' }]);
    const again = followMonth(fallen, who, day(4, 2), rules) as PupilMonth;
    expect(again.alerts).toMatchObject([{ state: 'raised', count: 4 }]);
  });

  it('is the same month when it is told the same again', () => {
    const month = after(day(2, 2), day(3, 2)) as PupilMonth;
    expect(followMonth(month, who, day(3, 2), rules)).toBe(month);
  });

  it('counts anew once a human dealt with it', () => {
    const handled = handleAlert(after(day(2, 2), day(3, 2)) as PupilMonth, 'commission', 'p_staff0001', dateOf(4), NOW);
    expect(states(handled)).toEqual([['commission', 'handled', 0]]);
    const three = [day(5, 2), day(6, 1)].reduce((month, facts) => followMonth(month, who, facts, rules) as PupilMonth, handled);
    expect(states(three)).toEqual([['commission', 'handled', 3]]);
    expect(states(followMonth(three, who, day(9, 1), rules))).toContainEqual(['commission', 'raised', 4]);
  });

  it('comes to the same in whatever order, and however often, its days are told', () => {
    const aDay = fc.record({
      date: fc.integer({ min: 2, max: 29 }),
      halves: fc.integer({ min: 0, max: 2 }),
      late: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(aDay, { selector: ({ date }) => date }),
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        (days, order) => {
          const told = days.map(({ date, halves, late }) => day(date, halves, { late }));
          const once = after(...told);
          const shuffled = [...told, ...told].map((facts, index) => ({ facts, key: order[index % 30] ?? 0 })).sort((a, b) => a.key - b.key);
          const twice = after(...shuffled.map(({ facts }) => facts));
          expect(twice?.days).toEqual(once?.days);
          expect(states(twice)).toEqual(states(once));
        },
      ),
      { numRuns: 100 },
    );
  });
});
