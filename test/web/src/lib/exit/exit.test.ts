import { describe, expect, it } from 'vitest';
import { mayLeaveAt, timesIn } from '../../../../../web/src/lib/exit/exit.ts';

describe('when a pupil may leave, in words', () => {
  it('names each time, the last without its end, and says when there is none', () => {
    expect(
      timesIn([
        { from: 715, until: 810 },
        { from: 955, until: 1440 },
      ]).replaceAll('\u00a0', ' '),
    ).toBe('Aujourd’hui, sortie possible : 11 h 55 – 13 h 30, à partir de 15 h 55.');
    expect(timesIn([])).toBe('Aujourd’hui, pas de sortie sans adulte.');
  });
});

describe('who stands at the door', () => {
  it('may leave from the first minute of a time to the last before its end, and in no gap', () => {
    const times = [
      { from: 715, until: 810 },
      { from: 955, until: 1440 },
    ];
    expect([714, 715, 809, 810, 955].map((minute) => mayLeaveAt(minute, times))).toEqual([false, true, true, false, true]);
    expect(mayLeaveAt(1000, [])).toBe(false);
  });
});
