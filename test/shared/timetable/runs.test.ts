import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRuns, runsOf } from '../../../shared/timetable/runs.ts';

describe('numbers as runs', () => {
  it('are written once each, in order', () => {
    expect(runsOf([3, 1, 2, 7, 7, 9, 10])).toBe('1-3,7,9-10');
    expect(runsOf([])).toBe('');
  });

  it('count what is in any of the sets, whatever they share', () => {
    expect(countRuns([])).toBe(0);
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(80))), (sets) => {
        expect(countRuns(sets.map(runsOf))).toBe(new Set(sets.flat()).size);
      }),
    );
  });
});
