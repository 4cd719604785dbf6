import { describe, expect, it } from 'vitest';
import { DEFAULT_EXIT_RIGHTS, exitTimes, rightByRegime } from '../../../shared/attendance/exit-right.ts';

const lesson = (startMinute: number, notHeld?: true) => ({ startMinute, endMinute: startMinute + 55, ...(notHeld && { notHeld }) });
/** 8 h, 9 h, 11 h; 13 h 30, 15 h. */
const DAY = [lesson(480), lesson(540), lesson(660), lesson(810), lesson(900)];
const EATS = { regime: 'half-board', noon: 750 };
const GOES_HOME = { regime: 'day', noon: 750 };

describe('when a pupil may leave', () => {
  it('is after the last lesson for who eats at school, and at noon too for who does not', () => {
    expect(exitTimes('usual-end', DAY, EATS)).toEqual([{ from: 955, until: 1440 }]);
    expect(exitTimes('usual-end', DAY, GOES_HOME)).toEqual([
      { from: 715, until: 810 },
      { from: 955, until: 1440 },
    ]);
  });

  it('is earlier when the last lesson is cancelled, for who may leave when free alone', () => {
    const cancelled = [...DAY.slice(0, 4), lesson(900, true)];
    expect(exitTimes('when-free', cancelled, EATS)).toEqual([{ from: 865, until: 1440 }]);
    expect(exitTimes('usual-end', cancelled, EATS)).toEqual([{ from: 955, until: 1440 }]);
  });

  it('is after the morning when nothing is left of the afternoon', () => {
    const free = [...DAY.slice(0, 3), lesson(810, true), lesson(900, true)];
    expect(exitTimes('when-free', free, EATS)).toEqual([{ from: 715, until: 1440 }]);
    expect(exitTimes('when-free', free, GOES_HOME)).toEqual([{ from: 715, until: 1440 }]);
  });

  it('is never at all for who must be fetched', () => {
    expect(exitTimes('never', DAY, GOES_HOME)).toEqual([]);
  });

  it('is all day where there is no lesson', () => {
    expect(exitTimes('usual-end', [], EATS)).toEqual([{ from: 0, until: 1440 }]);
  });
});

describe('the school’s right by regime', () => {
  it('is that of the regime, and of none where no file says it or says another word', () => {
    expect(rightByRegime(DEFAULT_EXIT_RIGHTS, 'boarder')).toBe('never');
    const rights = { ...DEFAULT_EXIT_RIGHTS, unknown: 'never' as const };
    expect(rightByRegime(rights, undefined)).toBe('never');
    expect(rightByRegime(rights, 'toString')).toBe('never');
    expect(rightByRegime(rights, 'day')).toBe('usual-end');
  });
});
