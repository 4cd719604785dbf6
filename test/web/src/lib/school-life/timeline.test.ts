import { describe, expect, it } from 'vitest';
import { type Attendance, countStrip, stripOf, timelineOf } from '#lib/school-life/timeline.ts';

const minuteOf = (instant: string) => Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16));
const lesson = (startMinute: number, state: Attendance['today']['lessons'][number]['state']) => ({
  lessonId: `l_${startMinute}`,
  startMinute,
  endMinute: startMinute + 55,
  subject: 'Français',
  rooms: [],
  state,
  current: false,
});

describe('a pupil’s day', () => {
  it('is told the last first, lessons, messages, desk and answers together', () => {
    const happened = timelineOf(
      {
        lessons: [lesson(485, 'present'), lesson(540, 'absent')],
        answers: [
          { answerId: 'w_1', at: '2026-11-23T09:26:00.000Z', reason: 'unknown', guardian: { familyName: 'LEMOINE', givenName: 'Claire' } },
        ],
        rows: [
          {
            deliveryId: 'd_1',
            pupilId: 'p_1',
            episodeId: 'e_1',
            guardianId: 'p_2',
            kind: 'absence',
            channel: 'email',
            state: 'delivered',
            dueAt: '2026-11-23T09:15:00.000Z',
            sentAt: '2026-11-23T09:17:00.000Z',
            resent: false,
            held: false,
          },
        ],
        movements: [{ movementId: 'm_1', kind: 'arrived', minute: 580, by: 'p_3', byDoor: 'staff', at: '2026-11-23T09:40:00.000Z' }],
      },
      minuteOf,
    );
    expect(happened.map(({ is, minute }) => `${is} ${minute}`)).toEqual([
      'movement 580',
      'answer 566',
      'told 557',
      'lesson 540',
      'lesson 485',
    ]);
  });

  it('says nothing of lessons to come, not called or not held, nor of messages that have not left', () => {
    expect(
      timelineOf(
        { lessons: [lesson(485, 'to-come'), lesson(540, 'unknown'), lesson(600, 'not-held')], answers: [], rows: [], movements: [] },
        minuteOf,
      ),
    ).toEqual([]);
  });
});

describe('the strip of thirty days', () => {
  const day = (date: string, halves: { morning?: 'absent' | 'known' | 'late'; afternoon?: 'absent' | 'known' | 'late' }) => ({
    date,
    ...halves,
    absences: [],
    late: [],
  });
  const strip = stripOf(
    [day('2026-11-23', { morning: 'absent' }), day('2026-11-14', { morning: 'late', afternoon: 'known' })],
    '2026-11-23',
  );

  it('ends today and leaves week-ends out, unless something happened then', () => {
    expect(strip.at(-1)).toEqual({ date: '2026-11-23', morning: 'absent', afternoon: undefined });
    expect(strip[0]?.date).toBe('2026-10-26');
    expect(strip.map(({ date }) => date)).toContain('2026-11-14');
    expect(strip.map(({ date }) => date)).not.toContain('2026-11-15');
  });
  it('counts its half-days', () => {
    expect(countStrip(strip)).toEqual({ absent: 1, known: 1, late: 1 });
  });
});
