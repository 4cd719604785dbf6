import { describe, expect, it } from 'vitest';
import type { call } from '#lib/api/index.ts';
import { nextSchoolDay } from '#lib/family/next-school-day.ts';

const lesson = (rest: object = {}) => ({
  uai: '0991234X',
  lessonId: 'l_1',
  startMinute: 485,
  endMinute: 540,
  subject: { code: 'x', label: 'Anglais' },
  teacherIds: [],
  groupIds: [],
  groupLabels: [],
  rooms: ['7'],
  unscheduled: false,
  ...rest,
});

/** A timetable with these days; every question is written down. */
const timetable = (days: Record<string, object[]>) => {
  const asked: string[] = [];
  const ask = (async (_route: unknown, _door: unknown, { params }: { params: { date: string } }) => {
    asked.push(params.date);
    return { schoolDay: true, lessons: days[params.date] ?? [] };
  }) as unknown as typeof call;
  const next = (after: string) =>
    nextSchoolDay({ door: 'guardian', uai: '0991234X', pupilId: 'p_1', after }, new AbortController().signal, ask);
  return { next, asked };
};

describe('the next school day', () => {
  it('is Monday on a Friday evening, and no further day is asked for', async () => {
    const { next, asked } = timetable({ '2026-11-23': [lesson()] });
    expect(await next('2026-11-20')).toEqual({
      date: '2026-11-23',
      lessons: [{ lessonId: 'l_1', startMinute: 485, endMinute: 540, subject: 'Anglais', rooms: ['7'] }],
    });
    expect(asked).toEqual(['2026-11-21', '2026-11-22', '2026-11-23']);
  });
  it('is not a day whose every lesson was called off', async () => {
    const off = lesson({ notHeld: { reason: 'outing' } });
    const { next } = timetable({ '2026-11-24': [off], '2026-11-25': [off, lesson({ lessonId: 'l_2' })] });
    expect(await next('2026-11-23')).toMatchObject({ date: '2026-11-25', lessons: [{ lessonId: 'l_2' }] });
  });
  it('is not looked for through the holidays', async () => {
    const { next, asked } = timetable({});
    expect(await next('2026-12-18')).toBeUndefined();
    expect(asked).toHaveLength(4);
  });
});
