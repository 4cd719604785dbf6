import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Telling } from '../../../shared/attendance/follow-episodes.ts';
import { type Counting, countsOf, factsOf, inUnit, missedHalfDays } from '../../../shared/attendance/half-days.ts';
import { emptyDay, type Movement, note, type Observation, type PupilDay } from '../../../shared/attendance/pupil-day.ts';
import type { Treatment } from '../../../shared/attendance/treatment.ts';
import { addDays, at, local, weekday } from '../../../shared/kernel/index.ts';
import { closedBecause } from '../../../shared/timetable/calendar.ts';

const WEEK = [1, 2, 3, 4, 5, 6].flatMap((day) => (['morning', 'afternoon'] as const).map((half) => ({ weekday: day, half })));
const COUNTING: Counting = { halfDaySwitch: 750, openHalfDays: WEEK.filter(({ weekday, half }) => weekday !== 6 || half === 'morning') };
const MONDAY = '2026-11-23';
const NOW = '2026-11-23T18:00:00.000Z';
const telling: Telling = {
  now: NOW,
  timeZone: 'Europe/Paris',
  graceMinutes: 10,
  notBeforeMinutes: 15,
  checked: false,
  decideAfterMinutes: 120,
  openFrom: '2026-08-01',
};

const lessonAt = (startMinute: number, state: Observation['state'] = 'absent', minutes?: number): Observation => ({
  lessonId: `l_start${String(startMinute).padStart(4, '0')}`,
  startMinute,
  endMinute: startMinute + 55,
  subject: 'Maths',
  state,
  ...(minutes !== undefined && { minutes }),
  by: 'p_teacher1',
  at: NOW,
});
const arrivedAt = (minute: number): Movement => ({
  movementId: `m_arrived${String(minute).padStart(4, '0')}`,
  kind: 'arrived',
  minute,
  by: 'p_agent001',
  byDoor: 'staff',
  at: NOW,
});
const treated = (startMinutes: readonly number[], over: Partial<Treatment> = {}): Treatment => ({
  treatmentId: `t_${startMinutes.join('-').padStart(8, '0')}`,
  lessonIds: startMinutes.map((startMinute) => lessonAt(startMinute).lessonId),
  untilSeen: false,
  justified: true,
  settled: true,
  outsideSchool: true,
  onReport: true,
  by: 'p_agent001',
  at: NOW,
  ...over,
});
const dayOf = (entries: Parameters<typeof note>[1], date = MONDAY): PupilDay =>
  note(emptyDay('0750001A', date, 'p_pupil001'), entries, telling);
const counted = (entries: Parameters<typeof note>[1], date = MONDAY, counting = COUNTING) =>
  countsOf([factsOf(dayOf(entries, date))], counting);

describe('half-days', () => {
  it('are one however many lessons were missed in it, two over the switch', () => {
    expect(counted({ observations: [lessonAt(480), lessonAt(540), lessonAt(690)] })).toMatchObject({ halfDays: 1, lessonHours: 3 });
    expect(counted({ observations: [lessonAt(690), lessonAt(780)] })).toMatchObject({ halfDays: 2, absences: 1 });
  });

  it('are those of the lesson’s start, by the school’s own switch', () => {
    const observations = [lessonAt(735)];
    expect(missedHalfDays(factsOf(dayOf({ observations })), COUNTING)).toMatchObject([{ half: 'morning' }]);
    expect(missedHalfDays(factsOf(dayOf({ observations })), { ...COUNTING, halfDaySwitch: 735 })).toMatchObject([{ half: 'afternoon' }]);
  });

  it('count only while they are open, and so does all that is shown beside them', () => {
    const saturday = addDays(MONDAY, 5);
    expect(counted({ observations: [lessonAt(480)] }, saturday)).toMatchObject({ halfDays: 1, absences: 1, lessonHours: 1 });
    expect(counted({ observations: [lessonAt(840)] }, saturday)).toMatchObject({ halfDays: 0, absences: 0, lessonHours: 0 });
  });

  it.each(['elsewhere', 'exempt', 'excused', 'not-held', 'withdrawn', 'present'] as const)('are not made by the mark %s', (state) => {
    const said = (...states: Observation['state'][]) => {
      const day = states.reduce((before, one) => note(before, { observations: [lessonAt(480, one)] }, telling), dayOf({}));
      return countsOf([factsOf(day)], COUNTING);
    };
    expect(said('absent', state)).toMatchObject({ halfDays: 0, absences: 0 });
    expect(said(state, 'absent')).toMatchObject({ halfDays: 1, absences: 1 });
  });

  it('are not made by what was under the school’s responsibility', () => {
    const observations = [lessonAt(480), lessonAt(540)];
    expect(counted({ observations, treatments: [treated([480, 540], { outsideSchool: false, justified: false })] })).toMatchObject({
      halfDays: 0,
    });
    expect(counted({ observations, treatments: [treated([480], { outsideSchool: false })] })).toMatchObject({
      halfDays: 1,
      halfDaysWithoutReason: 1,
    });
  });

  it('have a reason once all that was missed in them has one', () => {
    const observations = [lessonAt(480), lessonAt(540)];
    expect(counted({ observations, treatments: [treated([480])] })).toMatchObject({ halfDaysWithoutReason: 1, absencesWithoutReason: 1 });
    expect(counted({ observations, treatments: [treated([480, 540])] })).toMatchObject({ halfDays: 1, halfDaysWithoutReason: 0 });
  });

  it('keep a reason for lessons missed later only if it holds until the pupil is seen', () => {
    const later = (untilSeen: boolean, seen: readonly Observation[] = []) => {
      const first = dayOf({ observations: [lessonAt(480)], treatments: [treated([480], { untilSeen })] });
      return countsOf([factsOf(note(first, { observations: [...seen, lessonAt(780)] }, telling))], COUNTING);
    };
    expect(later(true)).toMatchObject({ halfDays: 2, halfDaysWithoutReason: 0 });
    expect(later(false)).toMatchObject({ halfDays: 2, halfDaysWithoutReason: 1 });
    expect(later(true, [lessonAt(540, 'present')])).toMatchObject({ halfDays: 2, halfDaysWithoutReason: 1 });
  });
});

describe('a lateness', () => {
  it('is made by an arrival alone: at the door of the class, or at the desk while the lesson goes on', () => {
    expect(counted({ observations: [lessonAt(480, 'late', 12)] })).toMatchObject({ halfDays: 0, latenesses: 1, minutesLate: 12 });
    expect(counted({ observations: [lessonAt(480)], movements: [arrivedAt(502)] })).toMatchObject({
      halfDays: 0,
      absences: 0,
      latenesses: 1,
      minutesLate: 22,
    });
    expect(counted({ observations: [lessonAt(480)], movements: [arrivedAt(536)] })).toMatchObject({ halfDays: 1, latenesses: 0 });
  });

  it('is justified, or not counted, by its own treatment', () => {
    const observations = [lessonAt(480, 'late', 12)];
    expect(counted({ observations, treatments: [treated([480])] })).toMatchObject({ latenesses: 1, latenessesWithoutReason: 0 });
    expect(counted({ observations, treatments: [treated([480], { outsideSchool: false })] })).toMatchObject({ latenesses: 0 });
    expect(counted({ observations })).toMatchObject({ latenessesWithoutReason: 1 });
  });
});

describe('the counting unit', () => {
  it('shows half-days, days of two, or hours of the timetable', () => {
    const counts = counted({ observations: [lessonAt(480), lessonAt(540), lessonAt(780)] });
    expect((['half-day', 'day', 'lesson-hour'] as const).map((unit) => inUnit(counts, unit))).toEqual([2, 1, 3]);
  });

  it.each([
    [20, 0.5],
    [30, 0.5],
    [45, 1],
    [55, 1],
    [60, 1],
    [85, 1.5],
    [110, 2],
    [120, 2],
  ])('takes a lesson of %i minutes for %f', (minutes, hours) => {
    expect(counted({ observations: [{ ...lessonAt(480), endMinute: 480 + minutes }] })).toMatchObject({ lessonHours: hours });
  });
});

/*
 * The rules again, written from their text and with nothing of the code above: for each half-day that is open, look whether
 * one lesson in it was held, called, and missed.
 */
interface Taught {
  readonly date: string;
  readonly start: number;
  readonly end: number;
  /** What was said of the pupil, in order; the last counts. */
  readonly said: readonly { readonly state: Observation['state']; readonly minutes?: number }[];
  readonly reason: 'none' | 'admissible' | 'refused' | 'at-school';
}
interface Week {
  readonly lessons: readonly Taught[];
  readonly arrivals: readonly { readonly date: string; readonly minute: number }[];
}

const reference = ({ lessons, arrivals }: Week, { halfDaySwitch, openHalfDays }: Counting) => {
  const halves = new Map<string, boolean>();
  let latenesses = 0;
  for (const { date, start, end, said, reason } of lessons) {
    const last = said[said.length - 1];
    if (!last || reason === 'at-school') continue;
    const sunday = new Date(`${date}T12:00:00Z`).getUTCDay();
    const open = openHalfDays.find((half) => half.weekday === sunday && (half.half === 'morning') === start < halfDaySwitch);
    const came = arrivals.some((one) => one.date === date && one.minute > start && one.minute < end);
    if (last.state === 'late' || (last.state === 'absent' && came)) latenesses += 1;
    if (last.state !== 'absent' || came || !open) continue;
    const key = `${date} ${open.half}`;
    halves.set(key, (halves.get(key) ?? true) && reason === 'admissible');
  }
  const all = [...halves.values()];
  return { halfDays: all.length, halfDaysWithoutReason: all.filter((justified) => !justified).length, latenesses };
};

const STATES = ['absent', 'present', 'late', 'excused', 'exempt', 'elsewhere', 'withdrawn', 'not-held'] as const;
const ZONES = [
  'Europe/Paris',
  'America/Martinique',
  'America/Cayenne',
  'Indian/Reunion',
  'Indian/Mayotte',
  'Pacific/Noumea',
  'Pacific/Tahiti',
];
/** Weeks around both changes of the clock, a leap day, and ordinary ones. */
const STARTS = ['2026-10-19', '2027-03-22', '2028-02-28', '2026-12-14', '2026-09-07'];
const CALENDAR = {
  uai: '0750001A',
  firstMonday: '2026-08-31',
  from: '2026-09-01',
  until: '2028-07-05',
  holidays: [
    { from: '2026-10-21', until: '2026-10-22', label: 'Vacances' },
    { from: '2026-12-19', until: '2027-01-03', label: 'Noël' },
  ],
  closedDays: [{ from: '2027-03-26', until: '2027-03-26', label: 'Neige' }],
  rev: 1,
};

const aLesson = fc.record({
  day: fc.integer({ min: 0, max: 13 }),
  slot: fc.integer({ min: 0, max: 9 }),
  // Missed more often than not, or there would be little to count.
  said: fc.array(
    fc.record({
      state: fc.constantFrom(...STATES, 'absent', 'absent', 'absent', 'absent', 'late'),
      minutes: fc.integer({ min: 1, max: 40 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  reason: fc.constantFrom('none', 'admissible', 'refused', 'at-school' as const),
});
const aTerm = fc.record({
  start: fc.constantFrom(...STARTS),
  zone: fc.constantFrom(...ZONES),
  lessons: fc.uniqueArray(aLesson, { maxLength: 40, selector: ({ day, slot }) => `${day}/${slot}` }),
  arrivals: fc.array(fc.record({ day: fc.integer({ min: 0, max: 13 }), minute: fc.integer({ min: 470, max: 1080 }) }), { maxLength: 4 }),
  counting: fc.record({
    halfDaySwitch: fc.constantFrom(690, 720, 750, 780, 810),
    openHalfDays: fc.subarray(WEEK, { minLength: 4 }),
  }),
});

/** The week as a school would live it: no lesson on a closed day, and every entry saved by the school's own clock. */
const live = ({ start, zone, lessons, arrivals }: typeof aTerm extends fc.Arbitrary<infer T> ? T : never) => {
  const taught = lessons
    .map(({ day, slot, said, reason }): Taught => {
      const from = 480 + slot * 60;
      return { date: addDays(start, day), start: from, end: from + 55, said, reason: reason as Taught['reason'] };
    })
    .filter(({ date }) => closedBecause(date, CALENDAR) === undefined)
    .sort((a, b) => (a.date === b.date ? a.start - b.start : a.date < b.date ? -1 : 1));
  const came = arrivals.map(({ day, minute }) => ({ date: addDays(start, day), minute }));
  const dates = [...new Set([...taught, ...came].map(({ date }) => date))];
  const days = dates.map((date) => {
    const saved = (minute: number): Telling => ({ ...telling, timeZone: zone, now: at(date, minute, zone).toISOString() });
    let day = emptyDay('0750001A', date, 'p_pupil001');
    for (const lesson of taught.filter((one) => one.date === date)) {
      for (const { state, minutes } of lesson.said) {
        const clock = saved(lesson.start + 10);
        // The hour on the school's clock is the lesson's own, whatever the zone and the night before.
        expect(local(new Date(clock.now), zone)).toEqual({ date, minute: lesson.start + 10 });
        const observation = { ...lessonAt(lesson.start, state, state === 'late' ? minutes : undefined), at: clock.now };
        day = note(day, { observations: [observation] }, clock);
      }
      if (lesson.reason === 'none') continue;
      const over = { justified: lesson.reason === 'admissible', outsideSchool: lesson.reason !== 'at-school' };
      day = note(day, { treatments: [treated([lesson.start], over)] }, saved(lesson.start + 30));
    }
    for (const { minute } of came.filter((one) => one.date === date)) day = note(day, { movements: [arrivedAt(minute)] }, saved(minute));
    return day;
  });
  return { week: { lessons: taught, arrivals: came }, days };
};

describe('the rules, twice', () => {
  it('count the same over generated timetables, nights when the clock changes, overseas zones and holidays', () => {
    const seen = { halfDays: 0, withoutReason: 0, latenesses: 0, sundays: 0 };
    fc.assert(
      fc.property(aTerm, ({ counting, ...term }) => {
        const { week, days } = live({ counting, ...term });
        const { halfDays, halfDaysWithoutReason, latenesses } = countsOf(days.map(factsOf), counting);
        expect({ halfDays, halfDaysWithoutReason, latenesses }).toEqual(reference(week, counting));
        seen.halfDays += halfDays;
        seen.withoutReason += halfDaysWithoutReason;
        seen.latenesses += latenesses;
        seen.sundays += week.lessons.filter(({ date }) => weekday(date) === 7).length;
      }),
      { numRuns: 400 },
    );
    // It looked at something, and never at a day without school.
    expect(Math.min(seen.halfDays - seen.withoutReason, seen.withoutReason, seen.latenesses)).toBeGreaterThan(50);
    expect(seen.sundays).toBe(0);
  });

  it('never change by the order in which roll calls were saved', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ slot: fc.integer({ min: 0, max: 8 }), state: fc.constantFrom(...STATES) }), {
          selector: ({ slot }) => slot,
        }),
        fc.infiniteStream(fc.nat()),
        (lessons, order) => {
          const of = (some: typeof lessons) =>
            counted({ observations: some.map(({ slot, state }) => lessonAt(480 + slot * 60, state, state === 'late' ? 5 : undefined)) });
          const keyed = lessons.map((lesson) => ({ lesson, key: order.next().value ?? 0 }));
          expect(of(keyed.sort((a, b) => a.key - b.key).map(({ lesson }) => lesson))).toEqual(of(lessons));
        },
      ),
      { numRuns: 100 },
    );
  });
});
