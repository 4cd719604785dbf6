import { describe, expect, it } from 'vitest';
import { rateOf, scaleEnd, trendOf } from '../../../../../web/src/lib/figures/figures.ts';

describe('a share', () => {
  it('is one of something', () => {
    expect(rateOf({ owed: 400, lost: 20 })).toBe(0.05);
    expect(rateOf({ owed: 0, lost: 0 })).toBeUndefined();
  });
  it('stands on a scale that holds them all, and is not drawn larger than it is', () => {
    expect(scaleEnd([0.031, undefined, 0.049])).toBe(0.05);
    expect(scaleEnd([0.051])).toBe(0.1);
    expect(scaleEnd([1])).toBe(1);
    expect(scaleEnd([undefined])).toBe(0.02);
  });
});

describe('the last week', () => {
  const week = (lost: number, owed = 1000) => ({ owed, lost });
  it('is compared with all half-days of those before', () => {
    expect(trendOf([week(30), week(60, 3000), week(80)])).toEqual({ goes: 'up', rate: 0.08, usual: 90 / 4000 });
    expect(trendOf([week(50), week(40)])?.goes).toBe('down');
    expect(trendOf([week(50), week(54)])?.goes).toBe('even');
  });
  it('is compared with nothing when it is the first, or owed nothing', () => {
    expect(trendOf([week(50)])).toBeUndefined();
    expect(trendOf([])).toBeUndefined();
    expect(trendOf([week(50), week(0, 0)])).toBeUndefined();
  });
});
