import { describe, expect, it } from 'vitest';
import {
  type Attendance,
  announcedSpans,
  askedOf,
  type LessonOfDay,
  lessonsLeft,
  quietSince,
  ribbonOf,
  type Unexplained,
  whereaboutsOf,
} from '#lib/family/child-day.ts';

const TODAY = '2026-11-23';
const lesson = (startMinute: number, state: LessonOfDay['state'], rest: Partial<LessonOfDay> = {}): LessonOfDay => ({
  lessonId: `l_${startMinute}`,
  startMinute,
  endMinute: startMinute + 55,
  subject: 'Mathématiques',
  rooms: [],
  state,
  current: false,
  ...rest,
});
type Today = Attendance['today'];
const attendance = (today: Partial<Today>, rest: Partial<Attendance> = {}): Attendance => ({
  pupil: { pupilId: 'p_000000000001', familyName: 'LEMOINE', givenName: 'Inès', sex: 'F' },
  now: '2026-11-23T09:12:00.000Z',
  timeZone: 'Europe/Paris',
  today: { date: TODAY, schoolDay: true, lessons: [], status: 'unknown', ...today },
  toJustify: [],
  answered: [],
  announced: [],
  arranged: [],
  days: [],
  ...rest,
});
const missed: Unexplained = { date: TODAY, episodeId: 'e_1', fromMinute: 540, untilMinute: 595, subject: 'Mathématiques', state: 'open' };

describe('where a child is', () => {
  it('is what the last roll call says, and when it was', () => {
    const day = attendance({
      lessons: [lesson(540, 'present'), lesson(605, 'to-come')],
      status: 'present',
      statusAt: '2026-11-23T08:05:00.000Z',
      sinceMinute: 540,
    });
    expect(whereaboutsOf(day, 560)).toMatchObject({ is: 'called', calledAt: '2026-11-23T08:05:00.000Z', over: false });
    expect(whereaboutsOf(day, 700)).toMatchObject({ is: 'called', over: true });
  });
  it('is an arrival when the desk saw one since the last roll call', () => {
    const lessons = [lesson(480, 'absent'), lesson(540, 'to-come')];
    expect(whereaboutsOf(attendance({ lessons, status: 'present', sinceMinute: 502 }), 505)).toEqual({ is: 'arrived', minute: 502 });
  });
  it('is unseen since the first lesson missed, with the guardian’s own answer of today', () => {
    const day: Partial<Today> = { lessons: [lesson(540, 'absent')], status: 'absent', sinceMinute: 540 };
    const answer = { episodeId: 'e_1', reason: 'illness', at: '2026-11-23T08:30:00.000Z' } as const;
    expect(whereaboutsOf(attendance(day), 600)).toEqual({ is: 'unseen', fromMinute: 540 });
    expect(whereaboutsOf(attendance(day, { answered: [{ ...answer, date: TODAY }] }), 600)).toEqual({
      is: 'unseen',
      fromMinute: 540,
      answeredAt: answer.at,
    });
    expect(whereaboutsOf(attendance(day, { answered: [{ ...answer, date: '2026-11-20' }] }), 600)).toEqual({
      is: 'unseen',
      fromMinute: 540,
    });
  });
  it('is the announcement that covers this minute, not another of the same day', () => {
    const announced = [
      { date: TODAY, fromMinute: 480, untilMinute: 540 },
      { date: TODAY, fromMinute: 600, untilMinute: 720 },
    ];
    expect(whereaboutsOf(attendance({ status: 'announced' }, { announced }), 610)).toEqual({
      is: 'announced',
      fromMinute: 600,
      untilMinute: 720,
    });
  });
  it('is not known before a roll call: one is awaited, or the day has not begun, or there is no lesson', () => {
    const next = lesson(605, 'to-come');
    const begun = lesson(540, 'unknown');
    expect(whereaboutsOf(attendance({ lessons: [begun, next] }), 545)).toEqual({ is: 'not-called', lesson: begun });
    expect(whereaboutsOf(attendance({ lessons: [next] }), 545)).toEqual({ is: 'before', lesson: next });
    expect(whereaboutsOf(attendance({ lessons: [lesson(605, 'not-held')] }), 545)).toEqual({ is: 'no-lesson', because: undefined });
    expect(whereaboutsOf(attendance({ schoolDay: false, closedBecause: 'Toussaint' }), 545)).toEqual({
      is: 'no-lesson',
      because: 'Toussaint',
    });
  });
  it('leaves the lessons that are still to go to, without those that are not held', () => {
    const lessons = [lesson(480, 'present'), lesson(540, 'present'), lesson(605, 'not-held'), lesson(665, 'to-come')];
    expect(lessonsLeft({ date: TODAY, schoolDay: true, lessons, status: 'present' }, 560).map(({ startMinute }) => startMinute)).toEqual([
      540, 665,
    ]);
  });
});

describe('what is asked of a family', () => {
  it('is one thing first, and how many others', () => {
    expect(askedOf({ toJustify: [missed, { ...missed, episodeId: 'e_2' }] })).toEqual({ first: missed, others: 1 });
    expect(askedOf({ toJustify: [] })).toEqual({ first: undefined, others: 0 });
  });
});

describe('« Rien de nouveau »', () => {
  const late = { date: '2026-11-20', absences: [], late: [{ startMinute: 480, subject: 'EPS', minutes: 5 }] };
  it('counts from the last day on which something was noted', () => {
    expect(quietSince(attendance({ status: 'present' }, { days: [late] }))).toBe('2026-11-20');
  });
  it('says thirty days when nothing was', () => {
    expect(quietSince(attendance({ status: 'present' }))).toBe('month');
  });
  it('is never said while something is asked, noted today, or the child is not in class', () => {
    expect(quietSince(attendance({ status: 'present' }, { toJustify: [missed], days: [late] }))).toBeUndefined();
    expect(quietSince(attendance({ status: 'present' }, { days: [{ ...late, date: TODAY }] }))).toBeUndefined();
    for (const status of ['absent', 'announced', 'left'] as const) expect(quietSince(attendance({ status }))).toBeUndefined();
  });
});

describe('the ribbon of a day', () => {
  const words = {
    hour: (minute: number) => `${Math.floor(minute / 60)}:${minute % 60}`,
    lesson: ({ state }: LessonOfDay) => state,
    free: 'free',
  };
  const draw = (...lessons: LessonOfDay[]) => ribbonOf({ lessons }, words).map(({ hour, state }) => `${hour} ${state}`);
  it('draws each lesson under its hour, and the holes of the day', () => {
    expect(draw(lesson(485, 'present'), lesson(540, 'absent'), lesson(720, 'to-come'))).toEqual([
      '8:0 present',
      '9:0 absent',
      '10:0 none',
      '12:0 coming',
    ]);
  });
  it('does not take a break for a hole', () => {
    expect(draw(lesson(540, 'present'), lesson(610, 'present'))).toEqual(['9:0 present', '10:0 present']);
  });
  it('marks now only where nothing is known yet', () => {
    expect(draw(lesson(540, 'unknown', { current: true }))).toEqual(['9:0 now']);
    expect(draw(lesson(540, 'present', { current: true }))).toEqual(['9:0 present']);
  });
  it('says the graver of two lessons in one slot, and names both', () => {
    const cells = ribbonOf({ lessons: [lesson(540, 'absent'), lesson(540, 'present', { lessonId: 'l_other' })] }, words);
    expect(cells).toEqual([{ state: 'absent', hour: '9:0', words: 'absent, present' }]);
  });
  it('never gives one label to two cells', () => {
    const labels = ribbonOf({ lessons: [lesson(480, 'present', { endMinute: 510 }), lesson(510, 'present')] }, words).map(
      ({ hour }) => hour,
    );
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('announced days', () => {
  const whole = (date: string) => ({ date, fromMinute: 0, untilMinute: 1440 });
  it('that follow one another are told as one, across a change of month', () => {
    expect(announcedSpans([whole('2026-12-01'), whole('2026-11-30'), whole('2026-11-30')])).toEqual([
      { from: '2026-11-30', until: '2026-12-01' },
    ]);
  });
  it('are told by announcement, so that each may be withdrawn: those of one stay together whatever lies over them', () => {
    const own = (date: string, announcementId: string) => ({ ...whole(date), announcementId });
    expect(
      announcedSpans([
        own('2026-11-30', 'm_1'),
        own('2026-12-01', 'm_1'),
        own('2026-12-01', 'm_2'),
        own('2026-12-02', 'm_1'),
        whole('2026-12-03'),
      ]),
    ).toEqual([
      { from: '2026-11-30', until: '2026-12-02', announcementId: 'm_1' },
      { from: '2026-12-01', until: '2026-12-01', announcementId: 'm_2' },
      { from: '2026-12-03', until: '2026-12-03' },
    ]);
  });
  it('stay apart when a day lies between, or when only a part of one is announced', () => {
    const part = { date: '2026-11-25', fromMinute: 600, untilMinute: 720 };
    expect(announcedSpans([whole('2026-11-24'), part, whole('2026-11-27')])).toEqual([
      { from: '2026-11-24', until: '2026-11-24' },
      { from: '2026-11-25', until: '2026-11-25', part: { fromMinute: 600, untilMinute: 720 } },
      { from: '2026-11-27', until: '2026-11-27' },
    ]);
  });
});
