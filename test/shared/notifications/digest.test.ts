import { describe, expect, it } from 'vitest';
import { at } from '../../../shared/kernel/index.ts';
import { fromDigestTag, toDigestTag, whenDue } from '../../../shared/notifications/digest.ts';

const PARIS = { timeZone: 'Europe/Paris' };
const due = (way: 'daily' | 'at-once', date: string, minute: number, hours = {}) => {
  const zone = { ...PARIS, ...hours };
  const { digestId, dueAt } = whenDue(way, at(date, minute, zone.timeZone), zone);
  return `${digestId} ${dueAt}`;
};

describe('when a message of the evening goes', () => {
  it.each([
    ['2026-09-15', 600, '2026-09-15 2026-09-15T16:00:00.000Z'],
    ['2026-09-15', 1079, '2026-09-15 2026-09-15T16:00:00.000Z'],
    ['2026-09-15', 1080, '2026-09-16 2026-09-16T16:00:00.000Z'],
    ['2026-09-18', 1100, '2026-09-21 2026-09-21T16:00:00.000Z'],
    ['2026-09-19', 600, '2026-09-21 2026-09-21T16:00:00.000Z'],
    ['2026-10-23', 1200, '2026-10-26 2026-10-26T17:00:00.000Z'],
  ])('for what is noted on %s at minute %i is %s', (date, minute, expected) => {
    expect(due('daily', date, minute)).toBe(expected);
  });

  it('is by the school’s clock and hour', () => {
    expect(due('daily', '2026-09-15', 600, { timeZone: 'Indian/Reunion', dailyMinute: 990 })).toBe('2026-09-15 2026-09-15T12:30:00.000Z');
  });
});

describe('when what goes at once goes', () => {
  it.each([
    ['2026-09-15', 600, '2026-09-15-0615 2026-09-15T08:15:00.000Z'],
    ['2026-09-15', 614, '2026-09-15-0615 2026-09-15T08:15:00.000Z'],
    ['2026-09-15', 615, '2026-09-15-0630 2026-09-15T08:30:00.000Z'],
    ['2026-09-15', 1165, '2026-09-16-0420 2026-09-16T05:00:00.000Z'],
    ['2026-09-15', 1439, '2026-09-16-0420 2026-09-16T05:00:00.000Z'],
    ['2026-09-15', 60, '2026-09-15-0420 2026-09-15T05:00:00.000Z'],
    ['2026-09-18', 1200, '2026-09-21-0420 2026-09-21T05:00:00.000Z'],
    ['2026-09-20', 60, '2026-09-21-0420 2026-09-21T05:00:00.000Z'],
  ])('on %s at minute %i is %s', (date, minute, expected) => {
    expect(due('at-once', date, minute)).toBe(expected);
  });

  it('knows quiet hours within a day', () => {
    const quiet = { from: 720, until: 840 };
    expect(due('at-once', '2026-09-15', 719, { quiet })).toContain('-0840');
    expect(due('at-once', '2026-09-15', 700, { quiet })).toContain('-0705');
  });
});

describe('its tag', () => {
  it.each(['2026-09-15', '2026-09-15-0615'])('comes back as %s', (digestId) => {
    const key = { personId: 'p_0197b3c0a1b2', digestId };
    expect(toDigestTag(key)).toMatch(/^[\w-]+$/);
    expect(fromDigestTag(toDigestTag(key))).toEqual(key);
  });
  it('is not that of an absence', () => {
    expect(fromDigestTag('0352072V_2026-09-15_d_0197b3c0a1b2-0197b3c0')).toBeUndefined();
  });
});
