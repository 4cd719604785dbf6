import { describe, expect, it } from 'vitest';
import { isLookDue, lateLessons, NEVER_TODAY, nextLook } from '../../../shared/attendance/reminder.ts';

const TODAY = '2026-09-15';
const eight = { startMinute: 480, endMinute: 535 };
const nine = { startMinute: 540, endMinute: 595 };
const outing = { ...nine, notHeld: { reason: 'outing' } };

describe('a lesson whose roll call is late', () => {
  it('has gone on for the school’s quarter of an hour, and still does', () => {
    expect(lateLessons([eight], 494, 15)).toEqual([]);
    expect(lateLessons([eight], 495, 15)).toEqual([eight]);
    expect(lateLessons([eight], 534, 15)).toEqual([eight]);
    expect(lateLessons([eight], 535, 15)).toEqual([]);
    expect(lateLessons([eight], 495, 20)).toEqual([]);
  });

  it('is held', () => {
    expect(lateLessons([nine, outing], 555, 15)).toEqual([nine]);
  });
});

describe('a school', () => {
  it('is looked at again when the next held lesson falls due, and once an hour at least', () => {
    expect(nextLook([eight, nine], 495, 15)).toBe(555);
    expect(nextLook([eight, nine], 470, 15)).toBe(495);
    expect(nextLook([outing], 540, 15)).toBe(600);
    expect(nextLook([], 500, 15)).toBe(560);
  });

  it('is looked at first when its day begins, not at night, and not before it is due again', () => {
    expect(isLookDue({}, TODAY, 419)).toBe(false);
    expect(isLookDue({}, TODAY, 420)).toBe(true);
    expect(isLookDue({}, TODAY, 1139)).toBe(true);
    expect(isLookDue({}, TODAY, 1140)).toBe(false);
    expect(isLookDue({ lookedOn: TODAY, lookMinute: 495 }, TODAY, 494)).toBe(false);
    expect(isLookDue({ lookedOn: TODAY, lookMinute: 495 }, TODAY, 495)).toBe(true);
    expect(isLookDue({ lookedOn: '2026-09-14', lookMinute: NEVER_TODAY }, TODAY, 480)).toBe(true);
    expect(isLookDue({ lookedOn: TODAY, lookMinute: NEVER_TODAY }, TODAY, 480)).toBe(false);
  });

  it('is looked at although the clock was set back', () => {
    expect(isLookDue({ lookedOn: TODAY, lookMinute: 900 }, TODAY, 605)).toBe(true);
  });
});
