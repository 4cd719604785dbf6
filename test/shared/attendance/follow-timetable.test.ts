import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Telling } from '../../../shared/attendance/follow-episodes.ts';
import { followTimetable } from '../../../shared/attendance/follow-timetable.ts';
import { presenceOf } from '../../../shared/attendance/missed-runs.ts';
import { emptyDay, note, type Observation, type PupilDay } from '../../../shared/attendance/pupil-day.ts';
import type { RollCall } from '../../../shared/attendance/table.ts';
import { at } from '../../../shared/kernel/index.ts';

const UAI = '0750001A';
const DATE = '2026-11-23';
const LEA = 'p_pupil001';
const TEACHER = 'p_teacher1';
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
const blank = (): PupilDay => emptyDay(UAI, DATE, LEA, '5e B');

const STARTS = [480, 540, 600, 660] as const;
const idOf = (start: number) => `l_lesson${start}`;
const mark = (day: PupilDay, minute: number, start: number, state: Observation['state'], minutes?: number): PupilDay =>
  note(
    day,
    {
      observations: [
        {
          lessonId: idOf(start),
          startMinute: start,
          endMinute: start + 55,
          subject: `Cours ${start}`,
          state,
          ...(minutes !== undefined && { minutes }),
          by: TEACHER,
          at: clock(minute),
        },
      ],
    },
    telling(minute),
  );

const rollCall = (start: number, more: Partial<RollCall> = {}): RollCall => ({
  uai: UAI,
  date: DATE,
  lessonId: idOf(start),
  startMinute: start,
  endMinute: start + 55,
  subject: `Cours ${start}`,
  state: 'done',
  revision: 1,
  pupilIds: [LEA],
  added: [],
  removed: [],
  marks: [],
  savedBy: TEACHER,
  savedAt: clock(start + 5),
  saves: [],
  ...more,
});
const held =
  (is: boolean) =>
  (day: PupilDay, minute: number, start: number, more: Partial<RollCall> = {}) =>
    followTimetable(day, [{ lessonId: idOf(start), held: is, rollCall: rollCall(start, more) }], telling(minute));
const notHeld = held(false);
const heldAgain = held(true);

const episodes = (day: PupilDay) => day.episodes.map(({ state, lessonIds }) => [state, lessonIds]);
const live = ({ absences }: PupilDay) => absences.filter(({ state }) => state !== 'cancelled');

describe('a lesson that « n’a pas eu lieu » after its roll call', () => {
  it('cancels the absence and the episode that rest on it alone', () => {
    const day = notHeld(mark(blank(), 485, 480, 'absent'), 520, 480);
    expect(day).toMatchObject({ absences: [{ state: 'cancelled' }], episodes: [{ state: 'not-held', revision: 2 }], revision: 2 });
    expect(live(day)).toEqual([]);
  });

  it('says of none that the pupil was there: only a lesson that was seen was wrongly marked', () => {
    const both = mark(mark(blank(), 485, 480, 'absent'), 545, 540, 'absent');
    expect(notHeld(notHeld(both, 600, 540), 605, 480).episodes).toMatchObject([{ state: 'not-held' }]);
    const seen = mark(notHeld(both, 600, 540), 605, 480, 'present');
    expect(seen.episodes).toMatchObject([{ state: 'cancelled', lessonIds: [idOf(480)] }]);
    expect(notHeld(seen, 610, 480).episodes).toMatchObject([{ state: 'cancelled' }]);
  });

  it('revises those with other missed lessons', () => {
    const both = mark(mark(blank(), 485, 480, 'absent'), 545, 540, 'absent');
    const day = notHeld(both, 560, 480);
    expect(day.absences).toMatchObject([{ absenceId: both.absences[0]?.absenceId, state: 'open', fromMinute: 540, untilMinute: 595 }]);
    expect(day.episodes).toMatchObject([
      { episodeId: both.episodes[0]?.episodeId, state: 'open', startMinute: 540, lessonIds: [idOf(540)], dueAt: both.episodes[0]?.dueAt },
    ]);
  });

  it('is no sight of the pupil either, and no lateness', () => {
    const seen = mark(mark(mark(blank(), 485, 480, 'absent'), 545, 540, 'present'), 605, 600, 'absent');
    const day = notHeld(seen, 610, 540);
    expect(presenceOf(day).runs.map(({ lessons }) => lessons.map(({ lessonId }) => lessonId))).toEqual([[idOf(480), idOf(600)]]);
    expect(presenceOf(notHeld(mark(blank(), 485, 480, 'late', 5), 500, 480)).latenesses).toEqual([]);
  });

  it('adds a version, by whom the roll call was, and overwrites none', () => {
    const before = mark(blank(), 485, 480, 'late', 5);
    const { observations } = notHeld(before, 520, 480);
    expect(observations.slice(0, -1)).toEqual(before.observations);
    expect(observations.at(-1)).toEqual({
      lessonId: idOf(480),
      startMinute: 480,
      endMinute: 535,
      subject: 'Cours 480',
      state: 'not-held',
      by: TEACHER,
      at: clock(520),
    });
  });

  it('changes nothing the second time, nor for someone it says nothing of', () => {
    const day = notHeld(mark(blank(), 485, 480, 'absent'), 520, 480);
    expect(notHeld(day, 530, 480)).toBe(day);
    const elsewhere = mark(blank(), 485, 480, 'absent');
    expect(notHeld(elsewhere, 520, 540)).toBe(elsewhere);
    const withdrawn = mark(mark(blank(), 485, 480, 'absent'), 486, 480, 'withdrawn');
    expect(notHeld(withdrawn, 520, 480)).toBe(withdrawn);
  });
});

describe('a lesson that was held after all', () => {
  it('counts again as it did; the family that was told « erreur » is told anew', () => {
    const before = mark(blank(), 485, 480, 'absent');
    const day = heldAgain(notHeld(before, 520, 480), 530, 480);
    expect(live(day)).toEqual(before.absences);
    expect(day.episodes).toMatchObject([{ state: 'not-held' }, { state: 'open', startMinute: 480, dueAt: clock(540) }]);
    expect(day.observations.map(({ state }) => state)).toEqual(['absent', 'not-held', 'absent']);
    expect(day.observations.at(-1)).toEqual(before.observations[0]);
  });

  it('counts again the minutes and the place', () => {
    const late = mark(blank(), 485, 480, 'late', 7);
    expect(presenceOf(heldAgain(notHeld(late, 520, 480), 530, 480))).toEqual(presenceOf(late));
  });

  it('changes nothing the second time, nor where it was never said otherwise', () => {
    const day = mark(blank(), 485, 480, 'absent');
    expect(heldAgain(day, 520, 480)).toBe(day);
    const back = heldAgain(notHeld(day, 520, 480), 530, 480);
    expect(heldAgain(back, 540, 480)).toBe(back);
  });

  it('leaves a correction made since as it is', () => {
    const corrected = mark(notHeld(mark(blank(), 485, 480, 'absent'), 520, 480), 530, 480, 'present');
    expect(heldAgain(corrected, 540, 480)).toBe(corrected);
  });

  it('was seen in by someone first missed meanwhile, as its roll call says', () => {
    const meanwhile = mark(blank(), 605, 600, 'absent');
    const day = heldAgain(meanwhile, 610, 540);
    expect(day.observations.at(-1)).toMatchObject({ lessonId: idOf(540), state: 'present', by: TEACHER, at: clock(545) });
    expect(day.episodes).toMatchObject([{ state: 'open', seenBefore: true }]);
    const late = heldAgain(meanwhile, 610, 540, { marks: [{ pupilId: LEA, state: 'late', minutes: 5 }] });
    expect(late.observations.at(-1)).toMatchObject({ state: 'late', minutes: 5 });
  });

  it('says nothing of someone who was not on its list, or is missing nowhere', () => {
    const absent = mark(blank(), 605, 600, 'absent');
    expect(heldAgain(absent, 610, 540, { pupilIds: [] })).toBe(absent);
    const late = mark(blank(), 605, 600, 'late', 5);
    expect(heldAgain(late, 610, 540)).toBe(late);
  });
});

/** Marks by minute, with the desk's arrivals and what guardians announced. */
const acts = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        start: fc.constantFrom(...STARTS),
        state: fc.constantFrom<Observation['state']>('present', 'absent', 'absent', 'absent', 'late', 'excused', 'elsewhere', 'withdrawn'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ arrived: fc.integer({ min: 470, max: 720 }) }) },
    { weight: 1, arbitrary: fc.record({ announced: fc.integer({ min: 0, max: 720 }), by: fc.constantFrom('p_mum00001', undefined) }) },
  ),
  { maxLength: 12 },
);
type Acts = typeof acts extends fc.Arbitrary<infer A> ? A : never;
let moves = 0;
const perform = (day: PupilDay, act: Acts[number], minute: number): PupilDay => {
  if ('start' in act) return mark(day, minute, act.start, act.state, act.state === 'late' ? 5 : undefined);
  const entry = { movementId: `m_${String(++moves).padStart(8, '0')}`, by: 'p_agent001', byDoor: 'staff' as const, at: clock(minute) };
  return note(
    day,
    {
      movements: [
        'arrived' in act
          ? { ...entry, kind: 'arrived', minute: act.arrived }
          : { ...entry, kind: 'announced', minute: act.announced, ...(act.by && { announcedBy: act.by }) },
      ],
    },
    telling(minute),
  );
};
const aDay = (entered: Acts, from: number): PupilDay => entered.reduce((day, act, index) => perform(day, act, from + index), blank());

/** Which of them keeps its id depends on the order in which they were entered. */
const spans = (day: PupilDay) =>
  live(day)
    .map(({ absenceId: _, ...absence }) => absence)
    .sort((a, b) => a.fromMinute - b.fromMinute);

/** Who is told that the pupil is missing now, if anybody: all but the guardian who announced it. */
const worried = ({ episodes }: PupilDay) => episodes.filter(({ state }) => state === 'open').map(({ announcedBy }) => ({ announcedBy }));

describe('whatever was entered, marking and taking back', () => {
  const some = fc.record({
    entered: acts,
    // In the middle of the morning, messages are still waiting; in the afternoon all have left.
    from: fc.constantFrom(490, 545, 600, 800),
    lessons: fc.subarray([...STARTS], { minLength: 1 }),
  });

  it('gives the day back as if nothing had happened, but for new messages', () => {
    fc.assert(
      fc.property(some, ({ entered, from, lessons }) => {
        const before = aDay(entered, from);
        const minute = from + entered.length;
        const set = (is: boolean) =>
          lessons.map((start) => ({ lessonId: idOf(start), held: is, rollCall: rollCall(start, { pupilIds: [] }) }));
        const without = followTimetable(before, set(false), telling(minute));
        for (const start of lessons)
          expect(presenceOf(without).runs.flatMap((run) => run.lessons.map((one) => one.startMinute))).not.toContain(start);
        const back = followTimetable(without, set(true), telling(minute));
        expect(presenceOf(back)).toEqual(presenceOf(before));
        expect(back.toCheck).toEqual(before.toCheck);
        expect(spans(back)).toEqual(spans(before));
        expect(back.movements).toEqual(before.movements);
        expect(back.answers).toEqual(before.answers);
        expect(back.observations.slice(0, before.observations.length)).toEqual(before.observations);
        expect(worried(back)).toEqual(worried(before));
        // Where no episode ends before, in between or after, each is the very same: its lessons and its hour included.
        const told = ({ state }: { state: string }) => state === 'open' || state === 'ended';
        if (![before, without, back].every((day) => day.episodes.every(told))) return;
        expect(back.episodes.map((one) => ({ ...one, revision: 0 }))).toEqual(before.episodes.map((one) => ({ ...one, revision: 0 })));
      }),
      { numRuns: 1000 },
    );
  });

  it('says the same in whatever order lessons are marked, and nothing when said again', () => {
    fc.assert(
      fc.property(some, ({ entered, from, lessons }) => {
        const before = aDay(entered, from);
        const minute = from + entered.length;
        const one = lessons.reduce((day, start) => notHeld(day, minute, start), before);
        const other = [...lessons].reverse().reduce((day, start) => notHeld(day, minute, start), before);
        expect(presenceOf(one)).toEqual(presenceOf(other));
        expect(lessons.reduce((day, start) => notHeld(day, minute + 5, start), one)).toBe(one);
      }),
      { numRuns: 300 },
    );
  });
});

describe('episodes already told', () => {
  it('are never opened again: one that was said to be an error stays one', () => {
    const day = heldAgain(notHeld(mark(blank(), 485, 480, 'absent'), 520, 480), 530, 480);
    expect(episodes(notHeld(day, 540, 480))).toEqual([
      ['not-held', [idOf(480)]],
      ['not-held', [idOf(480)]],
    ]);
  });
});
