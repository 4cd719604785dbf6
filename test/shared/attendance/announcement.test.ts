import { describe, expect, it } from 'vitest';
import { announcementBegins, isOwnAnnouncement } from '../../../shared/attendance/announcement.ts';

const lessons = [
  { startMinute: 600, endMinute: 655 },
  { startMinute: 480, endMinute: 535 },
];
const said = {
  movementId: 'm_00000001',
  kind: 'announced',
  minute: 0,
  by: 'p_mum00001',
  byDoor: 'guardian',
  at: '2026-11-23T07:00:00.000Z',
} as const;

describe('an announced absence', () => {
  it('begins with the first lesson it covers', () => {
    expect(announcementBegins({ minute: 0 }, lessons)).toBe(480);
    expect(announcementBegins({ minute: 540 }, lessons)).toBe(600);
  });

  it('begins when it was said to, in the middle of a lesson or outside any', () => {
    expect(announcementBegins({ minute: 500 }, lessons)).toBe(500);
    expect(announcementBegins({ minute: 700, until: 760 }, lessons)).toBe(700);
    expect(announcementBegins({ minute: 0, until: 480 }, lessons)).toBe(0);
    expect(announcementBegins({ minute: 0 }, [])).toBe(0);
  });

  it('is a guardian’s own if they said it themselves', () => {
    expect(isOwnAnnouncement(said, 'p_mum00001')).toBe(true);
    expect(isOwnAnnouncement(said, 'p_dad00001')).toBe(false);
    expect(isOwnAnnouncement({ ...said, by: 'p_agent001', byDoor: 'staff' }, 'p_mum00001')).toBe(false);
    expect(isOwnAnnouncement({ ...said, kind: 'arrived' }, 'p_mum00001')).toBe(false);
  });
});
