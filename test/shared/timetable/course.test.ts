import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, weekday } from '../../../shared/kernel/index.ts';
import { type Calendar, closedBecause, meetsIn, weekOf } from '../../../shared/timetable/calendar.ts';
import { type Course, lessonsOn } from '../../../shared/timetable/course.ts';

const calendar: Calendar = {
  uai: '0750001A',
  firstMonday: '2026-08-31',
  from: '2026-09-01',
  until: '2027-07-02',
  holidays: [{ from: '2026-10-17', until: '2026-11-01', label: 'Vacances de la Toussaint' }],
  closedDays: [{ from: '2027-05-07', until: '2027-05-07', label: 'Pont' }],
  rev: 1,
};

const course: Course = {
  uai: '0750001A',
  weekday: 2,
  startMinute: 605,
  minutes: 55,
  weeks: String(2n ** 52n - 2n),
  subject: { code: '061300', label: 'Mathématiques' },
  teacherIds: ['p_teacher01'],
  groupIds: ['g_class001'],
  groupLabels: ['5e B'],
  rooms: ['204'],
};

const id = (...parts: (string | number)[]) => `l_${parts.join('-')}`;
const on = (date: string, known: Partial<Parameters<typeof lessonsOn>[1]> = {}) =>
  lessonsOn(date, { courses: [course], calendar, notHeld: [], opened: [], ...known }, id);

describe('the lessons of a day', () => {
  it('come from the courses that meet that weekday and week', () => {
    expect(on('2026-09-15')).toMatchObject([{ startMinute: 605, endMinute: 660, groupIds: ['g_class001'], unscheduled: false }]);
    expect(on('2026-09-16')).toEqual([]);
    expect(on('2026-09-15', { courses: [{ ...course, weeks: String(1n << 4n) }] })).toEqual([]);
  });

  it('are none on holidays, closed days and outside the year, and there are some the day after', () => {
    expect(on('2026-10-20')).toEqual([]);
    expect(on('2026-11-03')).toHaveLength(1);
    expect(on('2026-08-25')).toEqual([]);
    expect(closedBecause('2027-05-07', calendar)).toBe('Pont');
    expect(closedBecause('2026-09-13', calendar)).toBe('sunday');
    expect(closedBecause('2026-09-14', calendar)).toBeUndefined();
  });

  it('are none without pupils', () => {
    expect(on('2026-09-15', { courses: [{ ...course, groupIds: [] }] })).toEqual([]);
  });

  it('are one for co-teachers entered as two courses', () => {
    const second = { ...course, courseId: 'c_00000002', teacherIds: ['p_teacher02'] };
    expect(on('2026-09-15', { courses: [course, second] })).toMatchObject([{ teacherIds: ['p_teacher01', 'p_teacher02'] }]);
  });

  it('keep their id when another teacher takes over, and change it when the slot moves', () => {
    const [before] = on('2026-09-15');
    const [after] = on('2026-09-15', { courses: [{ ...course, teacherIds: ['p_teacher09'], rooms: ['CDI'] }] });
    const [moved] = on('2026-09-15', { courses: [{ ...course, startMinute: 660 }] });
    expect(after?.lessonId).toBe(before?.lessonId);
    expect(moved?.lessonId).not.toBe(before?.lessonId);
  });

  it('are marked as not held by the lesson, by the class’s day and by the teacher’s day, not by one class of several', () => {
    const mark = (target: string) => ({
      uai: course.uai,
      date: '2026-09-15',
      target,
      reason: 'outing' as const,
      by: 'p_staff0001',
      at: '2026-09-15T06:00:00.000Z',
    });
    const [lesson] = on('2026-09-15');
    for (const target of [lesson?.lessonId ?? '', 'g_class001', 'p_teacher01'])
      expect(on('2026-09-15', { notHeld: [mark(target)] })[0]?.notHeld).toEqual({ reason: 'outing' });
    expect(on('2026-09-15', { notHeld: [mark('g_other001')] })[0]?.notHeld).toBeUndefined();
    const two = { ...course, groupIds: ['g_class001', 'g_class002'] };
    expect(on('2026-09-15', { courses: [two], notHeld: [mark('g_class001')] })[0]?.notHeld).toBeUndefined();
    expect(on('2026-09-15', { courses: [two], notHeld: [mark('g_class001'), mark('g_class002')] })[0]?.notHeld).toEqual({
      reason: 'outing',
    });
    const nobody = { ...course, teacherIds: [] };
    expect(on('2026-09-15', { courses: [nobody], notHeld: [mark('p_teacher01')] })[0]?.notHeld).toBeUndefined();
  });

  it('agree with a count of weeks done by hand over a whole year', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 53n }), (mask) => {
        let expected = 0;
        let seen = 0;
        for (let week = 1; week <= 44; week++) {
          const date = addDays(calendar.firstMonday, (week - 1) * 7 + 1);
          const bits = mask.toString(2).padStart(64, '0');
          if (bits[63 - week] === '1' && closedBecause(date, calendar) === undefined) expected++;
          seen += on(date, { courses: [{ ...course, weeks: mask.toString() }] }).length;
        }
        expect(seen).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('weeks', () => {
  it('are counted from the Monday of week 1, and 64-bit masks keep every bit', () => {
    expect(weekOf('2026-08-31', calendar)).toBe(1);
    expect(weekOf('2026-09-06', calendar)).toBe(1);
    expect(weekOf('2026-09-07', calendar)).toBe(2);
    expect(weekday('2026-09-06')).toBe(7);
    const mask = String((1n << 63n) | (1n << 54n) | 2n);
    expect([1, 2, 54, 63].map((week) => meetsIn(mask, week))).toEqual([true, false, true, true]);
    expect(meetsIn(mask, 0)).toBe(false);
  });
});
