import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SchoolSettings } from '../../../shared/directory/school.ts';
import { type Calendar, weekOf } from '../../../shared/timetable/calendar.ts';
import { type Course, lessonsOn } from '../../../shared/timetable/course.ts';
import { halfDayCalls } from '../../../shared/timetable/half-day-calls.ts';
import { isHalfDay, isHalfDayCall } from '../../../shared/timetable/lesson.ts';

const uai = '0750001A';
const calendar: Calendar = {
  uai,
  firstMonday: '2026-08-31',
  from: '2026-09-01',
  until: '2027-07-02',
  holidays: [
    { from: '2026-10-17', until: '2026-11-01', label: 'Vacances de la Toussaint' },
    { from: '2026-11-11', until: '2026-11-11', label: 'Armistice' },
  ],
  closedDays: [{ from: '2026-09-25', until: '2026-09-25', label: 'Grève' }],
  rev: 1,
};
const CM1 = { groupId: 'g_cm1', label: 'CM1', teacherIds: ['p_decharge', 'p_adele'] };
const settings = (given: object = {}) => SchoolSettings.parse({ kind: 'primary', ...given });
const id = (...parts: (string | number)[]) => `l_${parts.join('-')}`;
const calls = (week = 1, given: object = {}, before: Course[] = [], classes = [CM1]) =>
  halfDayCalls({ uai, classes, settings: settings(given), week }, before);
const on = (date: string, courses: readonly Course[], notHeld: Parameters<typeof lessonsOn>[1]['notHeld'] = []) =>
  lessonsOn(date, { courses, calendar, notHeld, opened: [] }, id);
const times = (lessons: readonly { startMinute: number; endMinute: number }[]) =>
  lessons.map(({ startMinute, endMinute }) => [startMinute, endMinute]);

describe('the roll calls of an école', () => {
  it('are two in each open half-day, of the class and its teachers', () => {
    const monday = on('2026-09-14', calls());
    expect(times(monday)).toEqual([
      [510, 615],
      [615, 690],
      [810, 915],
      [915, 990],
    ]);
    expect(monday.map(({ subject }) => subject.label)).toEqual(['Matin', 'Matin', 'Après-midi', 'Après-midi']);
    expect(monday[0]).toMatchObject({
      groupIds: ['g_cm1'],
      groupLabels: ['CM1'],
      teacherIds: ['p_adele', 'p_decharge'],
      unscheduled: false,
    });
  });

  it('are one a half-day where the school calls once', () => {
    expect(times(on('2026-09-14', calls(1, { morningHours: { startMinute: 520, endMinute: 700 } })))[0]).toEqual([520, 700]);
    expect(on('2026-09-14', calls(1, { morningHours: { startMinute: 520, endMinute: 700 } }))).toHaveLength(3);
  });

  it('leave Wednesday and Saturday out unless the school opens them', () => {
    const wednesdayMorning = { openHalfDays: [{ weekday: 3, half: 'morning' }] };
    expect(on('2026-09-16', calls())).toEqual([]);
    expect(on('2026-09-19', calls())).toEqual([]);
    expect(times(on('2026-09-16', calls(1, wednesdayMorning)))).toEqual([
      [510, 615],
      [615, 690],
    ]);
    expect(on('2026-09-14', calls(1, wednesdayMorning))).toEqual([]);
  });

  it('know holidays, public holidays, closed days and « n’a pas eu lieu » as lessons do', () => {
    expect(on('2026-10-19', calls())).toEqual([]);
    expect(on('2026-11-11', calls(1, { openHalfDays: [{ weekday: 3, half: 'morning' }] }))).toEqual([]);
    expect(on('2026-09-25', calls())).toEqual([]);
    const outing = [{ target: 'g_cm1', reason: 'outing' as const, by: 'p_adele', at: '2026-09-14T06:00:00.000Z' }];
    expect(on('2026-09-14', calls(), outing).map(({ notHeld }) => notHeld?.reason)).toEqual(['outing', 'outing', 'outing', 'outing']);
  });

  it('keep their names when the school’s hours change: what was called stays called', () => {
    const before = calls(3);
    const later = calls(3, { morningHours: { startMinute: 525, secondMinute: 630, endMinute: 705 } }, before);
    expect(times(on('2026-09-14', later))[0]).toEqual([525, 630]);
    const ids = (courses: readonly Course[]) => on('2026-09-14', courses).map(({ lessonId }) => lessonId);
    expect(ids(later)).toEqual(ids(before));
    expect(new Set(ids(before)).size).toBe(4);
  });

  it('hold from the week in which they are set: weeks gone by stay as they were, those before the school came have none', () => {
    const first = calls(weekOf('2026-09-14', calendar));
    expect(on('2026-09-07', first)).toEqual([]);
    const opened = calls(weekOf('2026-09-28', calendar), { openHalfDays: [{ weekday: 3, half: 'morning' }] }, first);
    expect(on('2026-09-14', opened)).toHaveLength(4);
    expect(on('2026-09-16', opened)).toEqual([]);
    expect(on('2026-09-28', opened)).toEqual([]);
    expect(on('2026-09-30', opened)).toHaveLength(2);
  });

  it('end from this week on at a school that has none any more', () => {
    const first = calls(1);
    const ended = calls(weekOf('2026-09-28', calendar), {}, first, []);
    expect(on('2026-09-14', ended)).toHaveLength(4);
    expect(on('2026-09-28', ended)).toEqual([]);
  });

  it('are the same however often, and in whatever week, the same is said', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 70 }), { minLength: 1, maxLength: 6 }), (weeks) => {
        const inTime = [...weeks].sort((a, b) => a - b);
        const once = calls(inTime[0]);
        const often = inTime.reduce<Course[]>((before, week) => calls(week, {}, before), []);
        const sorted = (courses: readonly Course[]) => courses.map((course) => JSON.stringify(course)).sort();
        expect(sorted(often)).toEqual(sorted(once));
      }),
    );
  });

  it('are told from subjects by their code, and where only words are kept by those', () => {
    expect(calls().every(({ subject }) => isHalfDayCall(subject) && isHalfDay(subject.label))).toBe(true);
    expect(isHalfDayCall({ code: '061300', label: 'Matin' })).toBe(false);
    expect(isHalfDay('Mathématiques')).toBe(false);
  });
});
