import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTakenBack } from '../../../shared/attendance/episode.ts';
import type { Telling } from '../../../shared/attendance/follow-episodes.ts';
import { presenceOf } from '../../../shared/attendance/missed-runs.ts';
import { emptyDay, type Movement, note, type Observation, type PupilDay } from '../../../shared/attendance/pupil-day.ts';
import { at } from '../../../shared/kernel/index.ts';

const DATE = '2026-11-23';
const MUM = 'p_mum00001';
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
const blank = (): PupilDay => emptyDay('0750001A', DATE, 'p_pupil001', '5e B');

const LESSONS = {
  eight: [480, 535],
  nine: [540, 595],
  ten: [600, 655],
  eleven: [660, 715],
  /** A two-hour group that lies over the lessons of ten and eleven. */
  group: [600, 715],
} as const;
type LessonName = keyof typeof LESSONS;
const idOf = (name: LessonName) => `l_${name.padEnd(8, '0')}`;

const seen = (name: LessonName, state: Observation['state'], minute: number, minutes?: number): Observation => ({
  lessonId: idOf(name),
  startMinute: LESSONS[name][0],
  endMinute: LESSONS[name][1],
  subject: name,
  state,
  ...(minutes !== undefined && { minutes }),
  by: 'p_teacher1',
  at: clock(minute),
});
const mark = (day: PupilDay, minute: number, name: LessonName, state: Observation['state'], minutes?: number): PupilDay =>
  note(day, { observations: [seen(name, state, minute, minutes)] }, telling(minute));

let moves = 0;
const move = (day: PupilDay, minute: number, movement: Pick<Movement, 'kind' | 'minute' | 'until' | 'announcedBy'>): PupilDay =>
  note(
    day,
    {
      movements: [
        { movementId: `m_${String(++moves).padStart(8, '0')}`, by: 'p_agent001', byDoor: 'staff', at: clock(minute), ...movement },
      ],
    },
    telling(minute),
  );
const states = (day: PupilDay) => day.episodes.map(({ state }) => state);

describe('a pupil’s day', () => {
  it('opens an absence and an episode at the first absent mark, due after the grace and never before a quarter of an hour of lesson', () => {
    const early = mark(blank(), 482, 'eight', 'absent');
    expect(early.absences).toMatchObject([{ state: 'open', fromMinute: 480, untilMinute: 535 }]);
    expect(early.episodes).toMatchObject([{ state: 'open', startMinute: 480, seenBefore: false, dueAt: clock(495), savedAt: clock(482) }]);
    expect(mark(blank(), 500, 'eight', 'absent').episodes).toMatchObject([{ dueAt: clock(510) }]);
  });

  it('extends both with each lesson missed, and tells of it once', () => {
    const first = mark(blank(), 485, 'eight', 'absent');
    const second = mark(first, 545, 'nine', 'absent');
    expect(second.absences).toMatchObject([{ absenceId: first.absences[0]?.absenceId, fromMinute: 480, untilMinute: 595 }]);
    expect(second.episodes).toMatchObject([{ episodeId: first.episodes[0]?.episodeId, state: 'open', dueAt: first.episodes[0]?.dueAt }]);
  });

  it('opens a second episode for a pupil seen at nine and gone at eleven', () => {
    let day = mark(blank(), 485, 'eight', 'absent');
    day = mark(day, 545, 'nine', 'present');
    day = mark(day, 665, 'eleven', 'absent');
    expect(day.episodes).toMatchObject([
      { state: 'arrived', seenMinute: 540, seenBefore: false },
      { state: 'open', startMinute: 660, seenBefore: true },
    ]);
    expect(day.absences).toMatchObject([{ state: 'closed' }, { state: 'open' }]);
  });

  it('has one episode for a day never seen', () => {
    let day = blank();
    for (const name of ['eight', 'nine', 'ten', 'eleven'] as const) day = mark(day, LESSONS[name][0] + 5, name, 'absent');
    expect(states(day)).toEqual(['open']);
  });

  it('says « arrivé » when late replaces absent, « erreur » when present does, and neither when the school knew better', () => {
    const absent = mark(blank(), 485, 'eight', 'absent');
    expect(mark(absent, 487, 'eight', 'late', 6).episodes).toMatchObject([{ state: 'arrived', seenMinute: 486 }]);
    expect(mark(absent, 487, 'eight', 'late', 6).absences).toMatchObject([{ state: 'cancelled' }]);
    expect(states(mark(absent, 487, 'eight', 'present'))).toEqual(['cancelled']);
    expect(states(mark(absent, 487, 'eight', 'elsewhere'))).toEqual(['not-absent']);
    expect(states(mark(absent, 487, 'eight', 'exempt'))).toEqual(['not-absent']);
    expect(states(mark(absent, 487, 'eight', 'withdrawn'))).toEqual(['cancelled']);
  });

  it('tells nobody any more, without a word of error, when the absence turns out excused', () => {
    const absent = mark(blank(), 485, 'eight', 'absent');
    expect(states(mark(absent, 487, 'eight', 'excused'))).toEqual(['silent']);
  });

  it.each(['present', 'excused', 'exempt', 'elsewhere', 'late'] as const)('has no episode for someone marked %s', (state) => {
    const day = mark(blank(), 485, 'eight', state, state === 'late' ? 5 : undefined);
    expect([day.episodes, day.absences]).toEqual([[], []]);
  });

  it('never opens again what was taken back: absent once more is a new message', () => {
    let day = mark(blank(), 485, 'eight', 'absent');
    day = mark(day, 486, 'eight', 'present');
    day = mark(day, 487, 'eight', 'absent');
    expect(day.episodes).toMatchObject([{ state: 'cancelled' }, { state: 'open', dueAt: clock(497) }]);
  });

  it('asks school life first when every lesson of it was saved more than two hours after its end', () => {
    expect(mark(blank(), 535 + 120, 'eight', 'absent').episodes).not.toMatchObject([{ asks: 'late' }]);
    const late = mark(blank(), 535 + 121, 'eight', 'absent');
    expect(late.episodes).toMatchObject([{ state: 'open', asks: 'late' }]);
    // Nine o’clock was saved in time: the family is told, with a time of grace of its own.
    const nine = mark(late, 660, 'nine', 'absent');
    expect(nine.episodes).toMatchObject([{ startMinute: 480, savedAt: clock(660), dueAt: clock(670) }]);
    expect(nine.episodes[0]).not.toHaveProperty('asks');
    // What was saved in time stays so, whatever is added to it later.
    const early = mark(blank(), 545, 'nine', 'absent');
    expect(mark(early, 535 + 121, 'eight', 'absent').episodes[0]).not.toHaveProperty('asks');
  });

  it('keeps every version of what was seen', () => {
    let day = mark(blank(), 485, 'eight', 'absent');
    day = mark(day, 486, 'eight', 'present');
    day = mark(day, 487, 'eight', 'absent');
    expect(day.observations.map(({ state }) => state)).toEqual(['absent', 'present', 'absent']);
    expect(day.revision).toBe(3);
  });

  it('is the same day when nothing new is said', () => {
    const day = mark(blank(), 485, 'eight', 'absent');
    expect(mark(day, 500, 'eight', 'absent')).toBe(day);
  });

  it('closes at an arrival noted by the desk, before or after the roll call', () => {
    const after = move(mark(blank(), 485, 'eight', 'absent'), 503, { kind: 'arrived', minute: 502 });
    expect(after.episodes).toMatchObject([{ state: 'arrived', seenMinute: 502 }]);
    expect(after.absences).toMatchObject([{ state: 'closed', untilMinute: 502 }]);
    const before = mark(move(blank(), 503, { kind: 'arrived', minute: 502 }), 505, 'eight', 'absent');
    expect(before.episodes).toMatchObject([{ state: 'arrived', seenMinute: 502 }]);
  });

  it('tells anew when an arrival was noted by mistake', () => {
    const arrived = move(mark(blank(), 485, 'eight', 'absent'), 503, { kind: 'arrived', minute: 502 });
    const movementId = arrived.movements[0]?.movementId ?? '';
    const undone = note(arrived, { undo: { movementId, by: 'p_agent001', at: clock(510) } }, telling(510));
    expect(undone.episodes).toMatchObject([{ state: 'arrived' }, { state: 'open', startMinute: 480, dueAt: clock(520) }]);
    expect(states(move(undone, 520, { kind: 'arrived', minute: 519 }))).toEqual(['arrived', 'arrived']);
  });

  it('tells the other guardian, not the one who announced', () => {
    const day = mark(move(blank(), 450, { kind: 'announced', minute: 0, announcedBy: MUM }), 485, 'eight', 'absent');
    expect(day.episodes).toMatchObject([{ state: 'open', announcedBy: MUM }]);
    const later = move(mark(blank(), 485, 'eight', 'absent'), 487, { kind: 'announced', minute: 480, announcedBy: MUM });
    expect(later.episodes).toMatchObject([{ state: 'open', announcedBy: MUM }]);
  });

  it('tells nobody of what school life knows, or of a pupil let out', () => {
    expect(states(mark(move(blank(), 450, { kind: 'announced', minute: 0 }), 485, 'eight', 'absent'))).toEqual(['silent']);
    expect(states(mark(move(blank(), 550, { kind: 'left', minute: 550 }), 605, 'ten', 'absent'))).toEqual(['silent']);
  });

  it('makes news of a pupil still missing when the announced absence is over', () => {
    let day = move(blank(), 450, { kind: 'announced', minute: 480, until: 540, announcedBy: MUM });
    day = mark(day, 485, 'eight', 'absent');
    day = mark(day, 545, 'nine', 'absent');
    expect(day.episodes[0]).toMatchObject({ state: 'ended', announcedBy: MUM });
    expect(day.episodes[1]).toMatchObject({ state: 'open', startMinute: 540 });
    expect(day.episodes[1]).not.toHaveProperty('announcedBy');
    expect(day.absences).toHaveLength(1);
  });

  it('forgets the announcement of someone who came after all', () => {
    let day = move(blank(), 450, { kind: 'announced', minute: 0, announcedBy: MUM });
    day = mark(day, 545, 'nine', 'present');
    day = mark(day, 605, 'ten', 'absent');
    expect(day.episodes).toMatchObject([{ state: 'open', seenBefore: true }]);
    expect(day.episodes[0]).not.toHaveProperty('announcedBy');
  });

  it('leaves to a human who is absent here and seen elsewhere in the slot, whichever was saved first', () => {
    for (const [first, second] of [
      ['absent', 'present'],
      ['present', 'absent'],
    ] as const) {
      const day = mark(mark(blank(), 605, first === 'absent' ? 'ten' : 'group', first), 607, second === 'absent' ? 'ten' : 'group', second);
      expect(day.toCheck).toEqual([idOf('ten')]);
      expect(day.episodes.filter(({ state }) => state !== 'silent')).toEqual([]);
      expect(day.absences.filter(({ state }) => state !== 'cancelled')).toEqual([]);
    }
  });

  it('splits an episode when a lesson in its middle turns out attended', () => {
    let day = blank();
    for (const name of ['eight', 'nine', 'ten'] as const) day = mark(day, LESSONS[name][0] + 5, name, 'absent');
    const split = mark(day, 620, 'nine', 'present');
    expect(split.episodes).toMatchObject([
      { episodeId: day.episodes[0]?.episodeId, state: 'arrived', seenMinute: 540 },
      { state: 'open', startMinute: 600, seenBefore: true, dueAt: clock(630) },
    ]);
    const joined = mark(split, 625, 'nine', 'absent');
    expect(joined.episodes).toMatchObject([
      { state: 'arrived' },
      { episodeId: split.episodes[1]?.episodeId, state: 'open', startMinute: 540 },
    ]);
    expect(states(mark(joined, 626, 'nine', 'present'))).toEqual(['arrived', 'open']);
  });

  it('does not tell the guardian who said what happened before the message left', () => {
    const absent = mark(blank(), 485, 'eight', 'absent');
    const [episode] = absent.episodes;
    const answer = { answerId: 'w_00000001', episodeId: episode?.episodeId ?? '', guardianId: MUM, via: 'home' } as const;
    const said = note(absent, { answers: [{ ...answer, reason: 'illness', at: clock(490) }] }, telling(490));
    expect(said.episodes).toMatchObject([{ announcedBy: MUM }]);
    const unknown = note(absent, { answers: [{ ...answer, reason: 'unknown', at: clock(490) }] }, telling(490));
    expect(unknown.episodes[0]).not.toHaveProperty('announcedBy');
    const afterwards = note(absent, { answers: [{ ...answer, reason: 'illness', at: clock(500) }] }, telling(500));
    expect(afterwards.episodes[0]).not.toHaveProperty('announcedBy');
  });

  it('counts a quarter of an hour of lesson on the school’s clock in the night of a DST change', () => {
    const day = emptyDay('0750001A', '2026-10-25', 'p_pupil001');
    // A lesson at four, saved at the second half past two of that night.
    const lesson: Observation = { ...seen('eight', 'absent', 0), startMinute: 240, endMinute: 300 };
    const [episode] = note(day, { observations: [lesson] }, { ...telling(0), now: '2026-10-25T01:30:00.000Z' }).episodes;
    expect(episode?.dueAt).toBe('2026-10-25T03:15:00.000Z');
    const monday = { ...telling(0), now: '2026-10-26T07:01:00.000Z' };
    const after = note(emptyDay('0750001A', '2026-10-26', 'p_pupil001'), { observations: [seen('eight', 'absent', 0)] }, monday);
    expect(after.episodes[0]?.dueAt).toBe('2026-10-26T07:15:00.000Z');
  });

  it('refuses more entries than any day has', () => {
    let day = blank();
    expect(() => {
      for (let minute = 0; minute < 500; minute += 1)
        day = mark(day, 480 + minute, 'eight', minute % 2 ? 'absent' : 'late', minute % 2 ? undefined : 5);
    }).toThrow('attendance.too-many-entries');
    expect(day.observations).toHaveLength(400);
  });
});

type Act =
  | { act: 'mark'; lesson: LessonName; state: Observation['state']; minutes: number }
  | { act: 'arrived' | 'left'; minute: number }
  | { act: 'announced'; minute: number; until: number; announcedBy?: string }
  | { act: 'undo'; which: number };

const minuteOfDay = fc.integer({ min: 90, max: 150 }).map((n) => n * 5);
const marks = (lessons: LessonName[], states: Observation['state'][]) =>
  fc.record({
    act: fc.constant('mark' as const),
    lesson: fc.constantFrom(...lessons),
    state: fc.constantFrom(...states),
    minutes: fc.integer({ min: 1, max: 11 }).map((n) => n * 5),
  });
const arrivals = fc.record({ act: fc.constant('arrived' as const), minute: minuteOfDay });
const undoings = fc.record({ act: fc.constant('undo' as const), which: fc.nat(3) });
const others = fc.oneof(
  fc.record({ act: fc.constant('left' as const), minute: minuteOfDay }),
  fc
    .record({ act: fc.constant('announced' as const), minute: minuteOfDay, until: minuteOfDay, by: fc.constantFrom(MUM, undefined) })
    .filter(({ minute, until }) => minute < until)
    .map(({ by, ...rest }) => ({ ...rest, ...(by && { announcedBy: by }) })),
);
const everything: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: marks(Object.keys(LESSONS) as LessonName[], [
        'present',
        'absent',
        'absent',
        'late',
        'excused',
        'exempt',
        'elsewhere',
        'withdrawn',
      ]),
    },
    { weight: 2, arbitrary: arrivals },
    { weight: 1, arbitrary: undoings },
    { weight: 2, arbitrary: others },
  ),
  { maxLength: 14 },
);

const perform = (day: PupilDay, act: Act, minute: number): PupilDay => {
  if (act.act === 'mark') return mark(day, minute, act.lesson, act.state, act.state === 'late' ? act.minutes : undefined);
  if (act.act !== 'undo') return move(day, minute, { kind: act.act, ...act });
  const movementId = day.movements[act.which]?.movementId;
  return movementId ? note(day, { undo: { movementId, by: 'p_agent001', at: clock(minute) } }, telling(minute)) : day;
};

/** The same day, walked through minute by minute: what happens at each, and whether the pupil is out of sight. */
const walk = (day: PupilDay) => {
  const lessons = new Map<string, Observation>();
  for (const one of day.observations) lessons.set(one.lessonId, one);
  const here = [...lessons.values()].filter(({ state }) => state === 'present' || state === 'late' || state === 'elsewhere');
  const inLesson = (minute: number) => here.some(({ startMinute, endMinute }) => startMinute <= minute && minute < endMinute);
  const runs: { lessons: string[]; seen: number | undefined }[] = [];
  let current: { lessons: string[]; seen: number | undefined } | undefined;
  let lastStart = -1;
  for (let minute = 400; minute <= 900; minute += 1) {
    const sight =
      here.some((one) => one.startMinute + (one.state === 'late' ? (one.minutes ?? 0) : 0) === minute) ||
      day.movements.some((one) => one.kind === 'arrived' && !one.undone && one.minute === minute);
    if (sight && current && minute > lastStart) {
      current.seen = minute;
      current = undefined;
    }
    const starting = [...lessons.values()]
      .filter((one) => one.state === 'absent' && one.startMinute === minute)
      .sort((a, b) => a.endMinute - b.endMinute);
    for (const lesson of starting) {
      let contradicted = false;
      for (let m = lesson.startMinute; m < lesson.endMinute; m += 1) contradicted ||= inLesson(m);
      if (contradicted) continue;
      if (!current) {
        current = { lessons: [], seen: undefined };
        runs.push(current);
      }
      current.lessons.push(lesson.lessonId);
      lastStart = minute;
    }
  }
  return runs;
};

/** A family told as the rules say: at the due time if it still stands, then of arrival or error. */
const family = () => {
  const told = new Map<string, string>();
  const heard: { minute: number; word: string }[] = [];
  return {
    heard,
    /** Of some absence, they were told nothing else since. */
    worried: () => [...told.values()].includes('absent'),
    listen(day: PupilDay, minute: number) {
      for (const { episodeId, state, dueAt } of day.episodes) {
        const last = told.get(episodeId);
        const word =
          state === 'open' && last === undefined && clock(minute) >= dueAt
            ? 'absent'
            : last !== undefined && (state === 'arrived' || state === 'cancelled')
              ? state
              : undefined;
        if (!word || word === last) continue;
        told.set(episodeId, word);
        heard.push({ minute, word });
      }
    },
  };
};

describe('whatever is entered, in any order', () => {
  it('agrees with a walk through the day minute by minute', () => {
    fc.assert(
      fc.property(everything, (acts) => {
        let day = blank();
        acts.forEach((act, index) => {
          day = perform(day, act, 720 + index);
        });
        expect(
          presenceOf(day).runs.map(({ lessons, seenMinute }) => ({ lessons: lessons.map(({ lessonId }) => lessonId), seen: seenMinute })),
        ).toEqual(walk(day));
        expect(
          day.absences
            .filter(({ state }) => state !== 'cancelled')
            .map(({ lessons }) => lessons.map(({ lessonId }) => lessonId))
            .sort(),
        ).toEqual(
          walk(day)
            .map(({ lessons }) => lessons)
            .sort(),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('has at most one open episode, and one for each pupil missing without news', () => {
    fc.assert(
      fc.property(everything, (acts) => {
        let day = blank();
        acts.forEach((act, index) => {
          const before = day;
          day = perform(day, act, 720 + index);
          const open = day.episodes.filter(({ state }) => state === 'open');
          expect(open.length).toBeLessThanOrEqual(1);
          const missing = open.length > 0 ? walk(day).at(-1) : undefined;
          if (open.length > 0) expect([missing?.lessons.length, missing?.seen]).toEqual([expect.any(Number), undefined]);
          // What ended by being seen or by a correction is never opened again.
          for (const was of before.episodes.filter(({ state }) => state === 'arrived' || isTakenBack({ state })))
            expect(['arrived', 'cancelled', 'not-absent']).toContain(
              day.episodes.find(({ episodeId }) => episodeId === was.episodeId)?.state,
            );
        });
      }),
      { numRuns: 400 },
    );
  });

  it('leaves the family worried if the pupil is missing, and only then', () => {
    const plain: fc.Arbitrary<{ act: Act; wait: number }[]> = fc.array(
      fc.record({
        act: fc.oneof(
          { weight: 5, arbitrary: marks(['eight', 'nine', 'ten', 'eleven'], ['present', 'absent', 'absent', 'late']) as fc.Arbitrary<Act> },
          { weight: 2, arbitrary: arrivals as fc.Arbitrary<Act> },
          { weight: 1, arbitrary: undoings as fc.Arbitrary<Act> },
        ),
        wait: fc.integer({ min: 0, max: 15 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(plain, (acts) => {
        const { worried, listen } = family();
        let day = blank();
        let minute = 720;
        for (const { act, wait } of acts) {
          minute += wait;
          listen(day, minute);
          day = perform(day, act, minute);
          listen(day, minute);
        }
        listen(day, 1200);
        const last = walk(day).at(-1);
        const missing = last !== undefined && last.seen === undefined;
        expect(worried()).toBe(missing);
      }),
      { numRuns: 1000 },
    );
  });

  it('says nothing at all of what was put right before it was due', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<LessonName>('eight', 'nine', 'ten'),
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom('present', 'late', 'elsewhere' as const),
        (lesson, after, state) => {
          const { heard, listen } = family();
          const start = LESSONS[lesson][0] + 5;
          let day = mark(blank(), start, lesson, 'absent');
          listen(day, start + after);
          day = mark(day, start + after, lesson, state as Observation['state'], state === 'late' ? 5 : undefined);
          for (let minute = start; minute < start + 120; minute += 1) listen(day, minute);
          expect(heard).toEqual([]);
        },
      ),
    );
  });
});
