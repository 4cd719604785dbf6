import { describe, expect, it } from 'vitest';
import { cellOf, dayTables, type Register } from '../../../../../web/src/lib/sheets/register.ts';

const lesson = (lessonId: string, date: string, more: Partial<Register['lessons'][number]> = {}): Register['lessons'][number] => ({
  lessonId,
  date,
  startMinute: 480,
  endMinute: 535,
  subject: 'Maths',
  groupIds: [],
  groupLabels: [],
  rooms: [],
  unscheduled: false,
  ...more,
});
const pupil = (pupilId: string, entries: Register['pupils'][number]['entries']): Register['pupils'][number] => ({
  pupilId,
  familyName: 'Ferry',
  givenName: 'Zoé',
  entries,
});
const week: Register = {
  groupId: 'g_class5eb',
  label: '5B',
  from: '2026-09-14',
  until: '2026-09-19',
  days: ['14', '15', '16', '17', '18', '19'].map((day) =>
    day === '16' ? { date: `2026-09-${day}`, schoolDay: false, closedBecause: 'Pont' } : { date: `2026-09-${day}`, schoolDay: true },
  ),
  lessons: [lesson('l_one00001', '2026-09-14'), lesson('l_two00001', '2026-09-15'), lesson('l_three001', '2026-09-15')],
  pupils: [pupil('a', [{ lesson: 0, is: 'present' }]), pupil('b', [{ lesson: 2, is: 'late', minutes: 7 }])],
};

describe('the register on paper', () => {
  it('is one table a day, with who has a lesson that day, and a closed day with its reason', () => {
    const tables = dayTables(week);
    expect(tables.map(({ date, closedBecause, lines }) => [date.slice(8), closedBecause, lines.map((line) => line.pupil.pupilId)])).toEqual(
      [
        ['14', undefined, ['a']],
        ['15', undefined, ['b']],
        ['16', 'Pont', []],
        ['17', undefined, []],
        ['18', undefined, []],
      ],
    );
    expect(tables[1]?.lines[0]?.cells).toEqual([undefined, { lesson: 2, is: 'late', minutes: 7 }]);
  });

  it('has a Saturday with lessons', () => {
    const saturday = { ...week, lessons: [lesson('l_one00001', '2026-09-19')] };
    expect(dayTables(saturday).map(({ date }) => date.slice(8))).toEqual(['14', '15', '16', '17', '18', '19']);
  });

  it('says each entry in a letter, leaves open what nobody validated, and dashes what is not theirs', () => {
    const held = lesson('l_one00001', '2026-09-14');
    expect(cellOf({ lesson: 0, is: 'absent' }, held, false)).toBe('A');
    expect(cellOf({ lesson: 0, is: 'late', minutes: 7 }, held, false)).toBe('R 7');
    expect(cellOf({ lesson: 0, is: 'open' }, held, false)).toBe('');
    expect(cellOf(undefined, held, false)).toBe('–');
    expect(cellOf(undefined, { notHeld: 'outing' }, false)).toBe('');
  });

  it('is empty where it is to be filled in by hand', () => {
    const held = lesson('l_one00001', '2026-09-14');
    expect([cellOf({ lesson: 0, is: 'absent' }, held, true), cellOf(undefined, held, true)]).toEqual(['', '–']);
  });
});
