import { describe, expect, it } from 'vitest';
import { type AnnouncementForm, mayBePart, readAnnouncement } from '#lib/family/announcement.ts';

const TODAY = '2026-11-30';
const form = (filled: Partial<AnnouncementForm>): AnnouncementForm => ({ from: '', until: '', ...filled });
const read = (filled: Partial<AnnouncementForm>) => readAnnouncement(form(filled), TODAY);

describe('an announcement', () => {
  it('is of today, or of tomorrow even in another month', () => {
    expect(read({ day: 'today', length: 'whole' })).toEqual({ from: TODAY, until: TODAY });
    expect(read({ day: 'tomorrow', length: 'whole' })).toEqual({ from: '2026-12-01', until: '2026-12-01' });
  });
  it('may be a part of one day', () => {
    expect(read({ day: 'today', length: 'part', fromMinute: 600, untilMinute: 720 })).toEqual({
      from: TODAY,
      until: TODAY,
      fromMinute: 600,
      untilMinute: 720,
    });
  });
  it('of several days is of whole days, whatever hours were typed before', () => {
    expect(read({ day: 'other', from: '2026-12-01', until: '2026-12-03', length: 'part', fromMinute: 600, untilMinute: 720 })).toEqual({
      from: '2026-12-01',
      until: '2026-12-03',
    });
    expect(mayBePart(form({ day: 'other', from: '2026-12-01', until: '2026-12-01' }))).toBe(true);
    expect(mayBePart(form({ day: 'other' }))).toBe(false);
  });
  it('holds thirty-one days and not one more', () => {
    expect(read({ day: 'other', from: '2026-12-01', until: '2026-12-31' })).toEqual({ from: '2026-12-01', until: '2026-12-31' });
    expect(read({ day: 'other', from: '2026-12-01', until: '2027-01-01' })).toEqual({ fault: 'too-long' });
  });
  it.each([
    ['choose-day', {}],
    ['dates-missing', { day: 'other', from: '2026-12-01' }],
    ['dates-past', { day: 'other', from: '2026-11-29', until: '2026-12-01' }],
    ['dates-reversed', { day: 'other', from: '2026-12-03', until: '2026-12-01' }],
    ['too-far', { day: 'other', from: '2027-12-01', until: '2027-12-01' }],
    ['choose-length', { day: 'today' }],
    ['hours-missing', { day: 'today', length: 'part', fromMinute: 600 }],
    ['hours-reversed', { day: 'today', length: 'part', fromMinute: 720, untilMinute: 600 }],
  ] as const)('is not sent while it has to be mended: %s', (fault, filled) => {
    expect(read(filled)).toEqual({ fault });
  });
});
