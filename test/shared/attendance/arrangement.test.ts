import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrangement, arrangedIn, asArranged, lastDayOf, monthsOf, standsOn } from '../../../shared/attendance/arrangement.ts';
import type { Telling } from '../../../shared/attendance/follow-episodes.ts';
import { followTimetable } from '../../../shared/attendance/follow-timetable.ts';
import { factsOf } from '../../../shared/attendance/half-days.ts';
import { standing } from '../../../shared/attendance/missed-runs.ts';
import { emptyDay, note, type PupilDay } from '../../../shared/attendance/pupil-day.ts';
import type { RollCall } from '../../../shared/attendance/table.ts';
import { at } from '../../../shared/kernel/index.ts';

const UAI = '0750001A';
const DATE = '2026-11-24';
const LEA = 'p_pupil001';
const CLASS = 'g_class5eb';
const clock = (minute: number): string => at(DATE, minute, 'Europe/Paris').toISOString();
const telling = (minute: number): Telling => ({
  now: clock(minute),
  timeZone: 'Europe/Paris',
  graceMinutes: 10,
  notBeforeMinutes: 15,
  checked: false,
  decideAfterMinutes: 120,
  openFrom: '2026-08-01',
});
const arrangement = (more: Partial<Arrangement> = {}): Arrangement => ({
  arrangementId: 'x_arranged1',
  kind: 'outing',
  target: CLASS,
  from: DATE,
  until: DATE,
  without: [],
  by: 'p_schoollif',
  at: clock(700),
  revision: 1,
  ...more,
});
const lesson = (startMinute: number, subject = 'EPS') => ({ startMinute, endMinute: startMinute + 55, subject });
const lea = { pupilId: LEA, groups: [CLASS] };

describe('an arrangement', () => {
  it('stands from its first day to its last, on its weekdays, until it is stopped', () => {
    const long = arrangement({ until: '2026-12-08', weekdays: [2] });
    expect(['2026-11-23', DATE, '2026-11-25', '2026-12-01', '2026-12-08', '2026-12-15'].map((date) => standsOn(long, date))).toEqual([
      false,
      true,
      false,
      true,
      true,
      false,
    ]);
    const stopped = { ...long, stopped: { on: '2026-12-01', by: LEA, at: clock(0) } };
    expect([standsOn(stopped, DATE), standsOn(stopped, '2026-12-01'), lastDayOf(stopped)]).toEqual([true, false, '2026-11-30']);
  });

  it('is for the pupils of its group but those who stay, and for its pupil', () => {
    expect(arrangedIn(lesson(480), lea, [arrangement()])).toBeDefined();
    expect(arrangedIn(lesson(480), { ...lea, groups: [] }, [arrangement()])).toBeUndefined();
    expect(arrangedIn(lesson(480), lea, [arrangement({ without: [LEA] })])).toBeUndefined();
    expect(arrangedIn(lesson(480), { ...lea, groups: [] }, [arrangement({ target: LEA })])).toBeDefined();
  });

  it('reaches the lessons of its hours and its subject', () => {
    const hours = arrangement({ fromMinute: 540, untilMinute: 600 });
    expect([480, 540, 595, 600].map((start) => arrangedIn(lesson(start), lea, [hours]) !== undefined)).toEqual([false, true, true, false]);
    const eps = arrangement({ kind: 'exemption', subject: { code: 'EPS', label: 'EPS' } });
    expect(arrangedIn(lesson(480), lea, [eps])).toBe(eps);
    expect(arrangedIn(lesson(480, 'Latin'), lea, [eps])).toBeUndefined();
  });

  it('that takes the pupil away comes before one that lets them stay', () => {
    const exempt = arrangement({ kind: 'exemption', inRoom: true });
    const outing = arrangement();
    expect(arrangedIn(lesson(480), lea, [exempt, outing])).toBe(outing);
    expect(asArranged({ state: 'absent' }, exempt)).toEqual({ state: 'absent' });
    expect(asArranged({ state: 'absent' }, outing)).toEqual({ state: 'elsewhere', place: 'outing' });
    expect(asArranged({ state: 'late', minutes: 5 }, outing)).toEqual({ state: 'late', minutes: 5 });
  });

  it('lies in each of its months once', () => {
    expect(monthsOf({ from: '2026-11-30', until: '2027-01-01' })).toEqual(['2026-11', '2026-12', '2027-01']);
  });
});

const STARTS = [480, 540, 600, 660, 840] as const;
type State = 'present' | 'absent' | 'elsewhere';
const aDay = fc.record({
  states: fc.tuple(...STARTS.map(() => fc.constantFrom<State>('present', 'absent', 'elsewhere'))),
  despite: fc.constantFrom(undefined, ...STARTS),
  announced: fc.option(fc.constantFrom(...STARTS), { nil: undefined }),
  kind: fc.constantFrom('outing' as const, 'placement' as const, 'exemption' as const),
  from: fc.constantFrom(0, 500, 540, 660),
  until: fc.constantFrom(560, 700, 1440),
});

/** What the rules make of a lesson, written from them and from nothing else. */
const missedByRule = ({
  states,
  despite,
  announced,
  kind,
  from,
  until,
}: typeof aDay extends fc.Arbitrary<infer T> ? T : never): number[] => {
  const seen = STARTS.filter((_, index) => states[index] !== 'absent');
  const seenAgain = (since: number, start: number) => seen.some((minute) => since <= minute && minute <= start);
  return STARTS.filter((start, index) => {
    if (states[index] !== 'absent') return false;
    if (start === despite) return true;
    if (announced !== undefined && start + 55 > announced && !seenAgain(announced, start)) return true;
    const within = start < until && start + 55 > from;
    return !(within && (kind === 'exemption' || !seenAgain(from, start)));
  });
};

it('makes nothing missed of what it covers, counts again when taken back, and comes to the same however often it is heard', () => {
  fc.assert(
    fc.property(aDay, (of) => {
      const rollCalls = STARTS.map(
        (start, index): RollCall => ({
          uai: UAI,
          date: DATE,
          lessonId: `l_lesson${start}`,
          ...lesson(start),
          state: 'done',
          revision: 1,
          pupilIds: [LEA],
          added: [],
          removed: [],
          marks:
            of.states[index] === 'present'
              ? []
              : [{ pupilId: LEA, state: of.states[index] as State, ...(start === of.despite && { despite: true as const }) }],
          savedBy: 'p_teacher1',
          savedAt: clock(start + 5),
          saves: [],
        }),
      );
      let day: PupilDay = emptyDay(UAI, DATE, LEA, '5e B', { familyName: 'L', givenName: 'Léa', groups: [CLASS] });
      if (of.announced !== undefined)
        day = note(
          day,
          {
            movements: [
              {
                movementId: 'm_announce1',
                kind: 'announced',
                minute: of.announced,
                by: LEA,
                byDoor: 'guardian',
                announcedBy: LEA,
                at: clock(0),
              },
            ],
          },
          telling(420),
        );
      STARTS.forEach((start, index) => {
        const observation = {
          lessonId: `l_lesson${start}`,
          ...lesson(start),
          state: of.states[index] as State,
          by: 'p_teacher1',
          at: clock(start + 5),
        };
        day = note(day, { observations: [observation] }, telling(start + 5));
      });
      const held = rollCalls.map((rollCall) => ({ lessonId: rollCall.lessonId, held: true, rollCall }));
      const called = standing(day.observations).map(({ state }) => state);
      const entered = arrangement({ kind: of.kind, fromMinute: of.from, untilMinute: of.until });
      const under = followTimetable(day, held, telling(1000), [entered]);
      expect(factsOf(under).missed.map(({ startMinute }) => startMinute)).toEqual(missedByRule(of));
      expect(followTimetable(under, held, telling(1001), [entered])).toBe(under);
      const back = followTimetable(under, held, telling(1002));
      expect(standing(back.observations).map(({ state }) => state)).toEqual(called);
    }),
    { numRuns: 400 },
  );
});
