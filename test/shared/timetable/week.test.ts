import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Course } from '../../../shared/timetable/course.ts';
import { expectedIn, foldWeek, membersOf, unfoldWeek, Week } from '../../../shared/timetable/week.ts';

const uai = '0750001A';
const words = { teacher: (personId: string) => ({ personId }), group: () => ({}) };
const of = <T>(...values: T[]) => fc.constantFrom(...values);
const aCourse: fc.Arbitrary<Course> = fc.record({
  uai: fc.constant(uai),
  weekday: fc.integer({ min: 1, max: 6 }),
  startMinute: of(480, 535, 605),
  minutes: of(55, 110),
  weeks: of('4503599627370494', '6'),
  subject: of({ code: '061300', label: 'Mathématiques' }, { code: '061300', label: 'Maths' }, { code: '', label: '' }),
  teacherIds: fc.uniqueArray(of('p_teacher01', 'p_teacher02')),
  groupIds: fc.constant(['g_class001', 'g_class002']),
  groupLabels: fc.constant(['5e B', '5e C']),
  rooms: fc.uniqueArray(of('204', 'Gymnase')),
});
const key = (course: Course) => JSON.stringify(course, Object.keys(course).sort());

describe('a week', () => {
  it('gives back the courses it was folded from, each once, in any order', () => {
    fc.assert(
      fc.property(fc.array(aCourse), (courses) => {
        const week = Week.parse(foldWeek({ uai, owner: 'all-1' }, courses, words));
        const back = unfoldWeek(week).map(({ teachers: _, members: __, ...course }) => course);
        expect(back.map(key).sort()).toEqual(courses.map(key).sort());
        expect(foldWeek({ uai, owner: 'all-1' }, [...courses].reverse(), words)).toEqual(week);
      }),
    );
  });

  it('refuses to point at a word it does not have', () => {
    const week = foldWeek({ uai, owner: 'all-1' }, [], words);
    expect(() => unfoldWeek({ ...week, courses: [[1, 480, 55, 0, 0, [], [], []]] })).toThrow(RangeError);
  });

  it('is a small part of its courses spelled out', () => {
    const courses = Array.from(
      { length: 600 },
      (_, n): Course => ({
        uai,
        weekday: 2,
        startMinute: 480 + 55 * (n % 10),
        minutes: 55,
        weeks: '4503599627370494',
        subject: { code: `0613${n % 15}`, label: `Subject ${n % 15}` },
        teacherIds: [`p_teacher${String(n % 120).padStart(18, '0')}`],
        groupIds: [`g_class${String(n % 60).padStart(18, '0')}`],
        groupLabels: [`5e ${n % 60}`],
        rooms: [`${100 + (n % 60)}`],
      }),
    );
    const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
    expect(bytes(foldWeek({ uai, owner: 'all-2' }, courses, words))).toBeLessThan(bytes(courses) / 4);
  });
});

describe('the pupils a slot expects', () => {
  it('are counted once, in whichever of its classes and groups they are', () => {
    const line = (pupilId: string, classLabel: string) => ({ pupilId, familyName: '', givenName: '', classLabel, groups: [] });
    const [a, b, c] = [line('p_a0000001', '5e B'), line('p_b0000001', '5e B'), line('p_c0000001', '4e A')];
    const members = membersOf([
      { groupId: 'g_class5eb', pupils: [b, a] },
      { groupId: 'g_class4ea', pupils: [c] },
      { groupId: 'g_latin001', pupils: [a, c] },
    ]);
    // Classes one after the other: a class is one run.
    expect(members.get('g_class5eb')).toBe('1-2');
    const lesson = (...groups: string[]) => ({ members: groups.map((group) => members.get(group) ?? '') });
    expect(expectedIn([lesson('g_class5eb'), lesson('g_latin001')])).toBe(3);
    expect(expectedIn([lesson('g_class5eb')])).toBe(2);
    expect(expectedIn([])).toBe(0);
  });
});
