import { describe, expect, it } from 'vitest';
import type { Attendance, LessonOfDay } from '#lib/family/child-day.ts';
import { nextOf } from '#lib/family/pupil-next.ts';

const lesson = (startMinute: number, state: LessonOfDay['state'] = 'to-come'): LessonOfDay => ({
  lessonId: `l_${startMinute}`,
  startMinute,
  endMinute: startMinute + 55,
  subject: 'EPS',
  rooms: [],
  state,
  current: false,
});
const today = (...lessons: LessonOfDay[]): Attendance['today'] => ({ date: '2026-11-23', schoolDay: true, lessons, status: 'unknown' });

describe('where a pupil goes next', () => {
  it('is the lesson going on and the one after it', () => {
    const [now, after] = [lesson(540), lesson(605)];
    expect(nextOf(today(now, after), 540, undefined)).toEqual({ is: 'now', lesson: now, after });
  });
  it('is the next one between two lessons, with the minutes left', () => {
    const after = lesson(605);
    expect(nextOf(today(lesson(540), after), 597, undefined)).toEqual({ is: 'today', lesson: after, minutes: 8 });
  });
  it('jumps a lesson that is not held', () => {
    expect(nextOf(today(lesson(540, 'not-held'), lesson(605)), 545, undefined)).toMatchObject({
      is: 'today',
      lesson: { startMinute: 605 },
    });
  });
  it('is the first of the next school day in the evening, and nothing when none is near', () => {
    const coming = { lessonId: 'l_x', startMinute: 485, endMinute: 540, subject: 'Anglais', rooms: ['7'] };
    expect(nextOf(today(lesson(540)), 700, { date: '2026-11-24', lessons: [coming] })).toEqual({
      is: 'later',
      date: '2026-11-24',
      lesson: coming,
    });
    expect(nextOf(today(lesson(540)), 700, undefined)).toEqual({ is: 'none' });
  });
});
