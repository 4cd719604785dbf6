import { describe, expect, it } from 'vitest';
import { civilOffset, demoMorning } from '../../../infra/local/civil-time.ts';
import { local } from '../../../shared/kernel/index.ts';

const now = new Date('2026-11-22T21:00:00Z');
const seen = (offset: number, at = now) => local(new Date(at.getTime() + offset), 'Europe/Paris');

describe('the local civil time', () => {
  it('begins on a Tuesday of September at 10:05 in the current school year', () => {
    expect(seen(civilOffset(now, {}))).toEqual({ date: '2026-09-08', minute: 605 });
    expect(local(demoMorning(new Date('2027-03-01T00:00:00Z')), 'Europe/Paris').date).toBe('2026-09-08');
    expect(local(demoMorning(new Date('2027-07-14T00:00:00Z')), 'Europe/Paris').date).toBe('2027-09-14');
  });

  it('is the one asked for, as clocks in France show it, in winter too', () => {
    expect(seen(civilOffset(now, { asked: '2026-09-15T10:05' }))).toEqual({ date: '2026-09-15', minute: 605 });
    expect(seen(civilOffset(now, { asked: '2027-01-12T08:00', before: 5 }))).toEqual({ date: '2027-01-12', minute: 480 });
  });

  it('goes on from where it was when there are lessons then', () => {
    const before = civilOffset(now, { asked: '2026-09-15T10:05' });
    expect(civilOffset(new Date(now.getTime() + 3_600_000), { before })).toBe(before);
  });

  it.each([
    ['2026-09-15T20:00', '2026-09-16'],
    ['2026-09-16T14:00', '2026-09-17'],
    ['2026-09-18T17:00', '2026-09-21'],
    ['2026-09-15T06:00', '2026-09-15'],
  ])('moves on from %s, without lessons, to the morning of %s', (was, then) => {
    const before = civilOffset(now, { asked: was });
    expect(seen(civilOffset(now, { before }))).toEqual({ date: then, minute: 605 });
  });
});
