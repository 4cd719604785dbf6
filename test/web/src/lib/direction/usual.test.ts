import { describe, expect, it } from 'vitest';
import {
  attendanceOf,
  beginsWithFigures,
  type Day,
  offUsual,
  type Reach,
  rollCallsOf,
} from '../../../../../web/src/lib/direction/usual.ts';

const day = (over: Partial<Day> = {}): Day => ({
  now: '2026-11-23T10:05:00.000Z',
  timeZone: 'Europe/Paris',
  schoolDay: true,
  today: { seats: 1000, missed: 50, due: 50, done: 49 },
  usual: { attendance: 0.95, rollCalls: 0.98, days: 4 },
  raised: 0,
  ...over,
});
const reach = (over: Partial<Reach> = {}): Reach => ({
  paused: false,
  unreached: 2,
  toCall: 4,
  usual: { toCall: 4, days: 4 },
  undecided: 0,
  ...over,
});

describe('the one tile that is off its usual', () => {
  it('is none on a usual day, nor on a better one', () => {
    expect(offUsual(day(), reach())).toBeUndefined();
    expect(offUsual(day({ today: { seats: 1000, missed: 0, due: 50, done: 50 } }), reach({ toCall: 0 }))).toBeUndefined();
  });

  it('is the farthest from usual, in measures of what is worth a word', () => {
    const few = { seats: 1000, missed: 75, due: 50, done: 49 };
    expect(offUsual(day({ today: few }), reach())).toBe('attendance');
    expect(offUsual(day({ today: { ...few, done: 30 } }), reach())).toBe('roll-calls');
    expect(offUsual(day({ today: few }), reach({ toCall: 10 }))).toBe('unreached');
  });

  it('is what waits for somebody when nothing else is off', () => {
    expect(offUsual(day({ raised: 1 }), reach())).toBe('waiting');
    expect(offUsual(day(), reach({ undecided: 2 }))).toBe('waiting');
  });

  it('compares nothing with what is not known yet', () => {
    const { usual: _, ...first } = day({ today: { seats: 1000, missed: 400, due: 50, done: 1 } });
    expect(offUsual(first, undefined)).toBeUndefined();
    expect([attendanceOf({ seats: 0, missed: 0 }), rollCallsOf({ due: 0, done: 0 })]).toEqual([undefined, undefined]);
  });
});

describe('the first page after signing in', () => {
  it('is the day in figures for who directs and leaves school life to others', () => {
    expect(beginsWithFigures([{ duties: ['direction'] }])).toBe(true);
    expect(beginsWithFigures([{ duties: ['office'] }, { duties: ['direction', 'office'] }])).toBe(true);
    expect(beginsWithFigures([{ duties: ['direction', 'school-life'] }])).toBe(false);
    expect(beginsWithFigures([{ duties: ['school-life'] }])).toBe(false);
  });
});
