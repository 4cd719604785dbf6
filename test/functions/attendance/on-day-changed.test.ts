import { describe, expect, it } from 'vitest';
import { answerFollowTimetable } from '../../../functions/attendance/answer-follow-timetable.ts';
import manifest from '../../../functions/attendance/manifest.ts';
import { noteMovement } from '../../../functions/attendance/note-movement.ts';
import { onDayChanged } from '../../../functions/attendance/on-day-changed.ts';
import { readBoard } from '../../../functions/attendance/read-board.ts';
import { readLessonSheet } from '../../../functions/attendance/read-lesson-sheet.ts';
import { readPupilAttendance } from '../../../functions/attendance/read-pupil-attendance.ts';
import { readTeacherDay } from '../../../functions/attendance/read-teacher-day.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { eventsOf } from '../../../shared/attendance/events-of.ts';
import type { attendance as table } from '../../../shared/attendance/table.ts';
import type { Write } from '../../../shared/kernel/index.ts';
import { WHOLE_DAY } from '../../../shared/timetable/events.ts';
import { aSchool, brun, FERRAND, FRENCH, ferrand, LEA, MATHS, mum, NOA, request, TODAY, UAI, VASSEUR } from './a-school.ts';

type World = ReturnType<typeof aSchool>;

const save = ({ ports }: World, lessonId: string, missing: string[], basedOn = 0) =>
  saveRollCall(
    {
      params: { uai: UAI, date: TODAY, lessonId },
      caller: ferrand,
      ...request({
        state: 'done' as const,
        basedOn,
        marks: missing.map((pupilId) => ({ pupilId, state: 'absent' as const })),
        added: [],
        removed: [],
      }),
    },
    ports,
  );
/** As the timetable answers from now on. */
const set = ({ lessons }: World, is: 'held' | 'not held', ...lessonIds: string[]) => {
  lessons.forEach((lesson, index) => {
    if (!lessonIds.includes(lesson.lessonId)) return;
    const { notHeld: _, ...rest } = lesson;
    lessons[index] = is === 'held' ? rest : { ...rest, notHeld: { reason: 'teacher-absent' } };
  });
};
const hear = ({ ports }: World, target: string, date = TODAY) =>
  onDayChanged({ name: 'timetable.day-changed', payload: { uai: UAI, date, target } }, ports);
const dayOf = ({ store }: World, pupilId = LEA) => store.items('pupilDay').find((one) => one.pupilId === pupilId);
const live = (world: World, pupilId = LEA) => dayOf(world, pupilId)?.absences.filter(({ state }) => state !== 'cancelled');
const of = { uai: UAI, date: TODAY };

/** Léa and Noa were missed at eight; their lesson is said not to have been held at a quarter to nine. */
const missedAtEight = async () => {
  const world = aSchool(`${TODAY}T08:05`);
  await save(world, FRENCH, [LEA, NOA]);
  world.clock.set(`${TODAY}T08:45`);
  world.store.forget();
  return world;
};

describe('a lesson marked « n’a pas eu lieu » after its roll call', () => {
  it('cancels what rests on it alone, and says so to whom it concerns', async () => {
    const world = await missedAtEight();
    set(world, 'not held', FRENCH);
    await hear(world, FRENCH);
    for (const pupilId of [LEA, NOA])
      expect(dayOf(world, pupilId)).toMatchObject({ absences: [{ state: 'cancelled' }], episodes: [{ state: 'not-held' }] });
    expect(
      world.store
        .changes()
        .flatMap(eventsOf)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      ['absence-corrected', 'episode-changed', 'pupil-day-changed'].flatMap((name) => [`attendance.${name}`, `attendance.${name}`]),
    );
  });

  it('leaves the roll call as it was entered, and is shown as not held', async () => {
    const world = await missedAtEight();
    const rollCalls = structuredClone(world.store.items('rollCall'));
    set(world, 'not held', FRENCH);
    await hear(world, FRENCH);
    expect(world.store.items('rollCall')).toEqual(rollCalls);
    const sheet = await readLessonSheet({ params: { ...of, lessonId: FRENCH }, caller: ferrand, ...request(undefined) }, world.ports);
    expect(sheet).toMatchObject({ state: 'done', lesson: { notHeld: 'teacher-absent' } });
    expect(sheet).not.toHaveProperty('tellAt');
    const { lessons } = await readTeacherDay({ params: of, caller: ferrand, ...request(undefined) }, world.ports);
    expect(lessons[0]).toMatchObject({ lessonId: FRENCH, notHeld: 'teacher-absent', unsent: false });
    await expect(save(world, FRENCH, [], 1)).rejects.toMatchObject({ code: 'attendance.lesson-not-held' });
  });

  it('has nobody missing on the board, and nothing to justify at home', async () => {
    const world = await missedAtEight();
    const board = () => readBoard({ params: of, caller: brun, ...request(undefined) }, world.ports);
    const home = () => readPupilAttendance({ params: { uai: UAI, pupilId: LEA }, caller: mum, ...request(undefined) }, world.ports);
    expect([(await board()).absentees.length, (await home()).toJustify.length]).toEqual([2, 1]);
    set(world, 'not held', FRENCH);
    await hear(world, FRENCH);
    expect([(await board()).absentees, (await home()).toJustify, (await home()).days]).toEqual([[], [], []]);
    expect((await home()).today).toMatchObject({ status: 'unknown', lessons: [{ lessonId: FRENCH, state: 'not-held' }, {}, {}, {}, {}] });
  });

  it('revises an absence that has other lessons, also by the day of a class or a teacher', async () => {
    for (const target of [FRENCH, FERRAND, 'g_class5eb']) {
      const world = await missedAtEight();
      world.clock.set(`${TODAY}T09:05`);
      await save(world, MATHS, [LEA]);
      set(world, 'not held', FRENCH);
      await hear(world, target);
      expect(live(world)).toMatchObject([{ state: 'open', fromMinute: 540 }]);
      expect(live(world, NOA)).toEqual([]);
    }
  });

  it('asks the timetable, not the event: one that comes late, twice or for another lesson changes nothing', async () => {
    const world = await missedAtEight();
    await hear(world, FRENCH);
    set(world, 'not held', FRENCH);
    await hear(world, MATHS);
    await hear(world, VASSEUR);
    await hear(world, FRENCH, '2026-09-16');
    expect(world.store.changes()).toEqual([]);
    await hear(world, FRENCH);
    const writes = world.store.changes().length;
    await hear(world, FRENCH);
    expect([writes, world.store.changes().length]).toEqual([2, 2]);
  });

  it('reads once and asks nobody when no roll call was taken', async () => {
    const world = aSchool();
    set(world, 'not held', FRENCH);
    await hear(world, FRENCH);
    expect(world.store.consumed().map(({ kind }) => kind)).toEqual(['query']);
    expect(world.ask.asked()).toEqual([]);
  });

  it('writes each day by itself and at most once', async () => {
    const world = await missedAtEight();
    set(world, 'not held', FRENCH);
    await hear(world, FRENCH);
    expect(world.store.consumed().map(({ kind }) => kind)).toEqual(['query', 'batch', 'write', 'write']);
  });
});

describe('a day on which the school was closed after roll calls were taken', () => {
  it('counts for nothing, whatever lesson it was, and says so to whom it concerns', async () => {
    const world = await missedAtEight();
    world.clock.set(`${TODAY}T09:05`);
    await save(world, MATHS, [NOA]);
    world.store.forget();
    world.closed.add(TODAY);
    await hear(world, WHOLE_DAY);
    expect([live(world), live(world, NOA)]).toEqual([[], []]);
    expect(dayOf(world, NOA)?.episodes.map(({ state }) => state)).toEqual(['not-held']);
    // Léa was seen at nine, and her family told so; now there was no lesson at all.
    expect(dayOf(world)?.episodes.map(({ state }) => state)).toEqual(['not-held']);
    expect(
      world.store
        .changes()
        .flatMap(eventsOf)
        .filter(({ name }) => name === 'attendance.episode-changed'),
    ).toHaveLength(2);
  });

  it('counts again when it was open after all', async () => {
    const world = await missedAtEight();
    const before = live(world);
    world.closed.add(TODAY);
    await hear(world, WHOLE_DAY);
    world.closed.clear();
    await hear(world, WHOLE_DAY);
    expect(live(world)).toEqual(before);
  });

  it('keeps what was seen, on a day of school, in a lesson that a later import knows no more', async () => {
    const world = await missedAtEight();
    world.lessons.splice(0, world.lessons.length, ...world.lessons.filter(({ lessonId }) => lessonId !== FRENCH));
    await hear(world, WHOLE_DAY);
    expect(live(world)).toMatchObject([{ state: 'open', fromMinute: 480 }]);
  });
});

describe('a change of the timetable that nobody heard of', () => {
  const follow = ({ ports }: World) => answerFollowTimetable(of, ports);

  it.each([
    ['a lesson', (world: World) => set(world, 'not held', FRENCH)],
    ['a closed day', (world: World) => void world.closed.add(TODAY)],
  ])('%s is followed when attendance is asked to, once', async (_, change) => {
    const world = await missedAtEight();
    expect(await follow(world)).toEqual({ followed: 0 });
    change(world);
    expect(await follow(world)).toEqual({ followed: 2 });
    expect([live(world), live(world, NOA)]).toEqual([[], []]);
    expect(await follow(world)).toEqual({ followed: 0 });
    expect(
      world.store
        .changes()
        .flatMap(eventsOf)
        .filter(({ name }) => name === 'attendance.episode-changed'),
    ).toHaveLength(2);
  });

  it('costs one reading of a day without roll calls, and asks nobody', async () => {
    const world = aSchool();
    expect(await follow(world)).toEqual({ followed: 0 });
    expect(world.store.consumed().map(({ kind }) => kind)).toEqual(['query']);
    expect(world.ask.asked()).toEqual([]);
  });
});

describe('a lesson that was held after all', () => {
  it('counts again as it did; who was told « erreur » is told anew', async () => {
    const world = await missedAtEight();
    const before = live(world);
    set(world, 'not held', FRENCH);
    await hear(world, FRENCH);
    set(world, 'held', FRENCH);
    await hear(world, FRENCH);
    expect(live(world)).toEqual(before);
    expect(dayOf(world)?.episodes).toMatchObject([{ state: 'not-held' }, { state: 'open', startMinute: 480 }]);
    expect(dayOf(world)?.observations.map(({ state, by }) => [state, by])).toEqual([
      ['absent', FERRAND],
      ['not-held', FERRAND],
      ['absent', FERRAND],
    ]);
  });

  it('saw there who was first missed meanwhile', async () => {
    const world = aSchool(`${TODAY}T08:05`);
    await save(world, FRENCH, []);
    set(world, 'not held', FRENCH);
    await hear(world, FRENCH);
    world.clock.set(`${TODAY}T09:05`);
    await save(world, MATHS, [LEA]);
    expect(dayOf(world)?.episodes).toMatchObject([{ state: 'open', seenBefore: false }]);
    set(world, 'held', FRENCH);
    await hear(world, FRENCH);
    expect(dayOf(world)?.episodes).toMatchObject([{ state: 'open', seenBefore: true }]);
  });

  it('comes to the last word of the timetable when that is taken back while an older one is at work', async () => {
    const world = await missedAtEight();
    set(world, 'not held', FRENCH);
    const { ask } = world.ports;
    let first = true;
    // The first reader of « not held » is overtaken by somebody who knows better.
    const overtaken = (async (...asked: Parameters<typeof ask>) => {
      const answer = await ask(...asked);
      if (first && asked[0].name === 'timetable.day') {
        first = false;
        await hear(world, FRENCH);
        set(world, 'held', FRENCH);
        await hear(world, FRENCH);
      }
      return answer;
    }) as typeof ask;
    await hear({ ...world, ports: { ...world.ports, ask: overtaken } }, FRENCH);
    expect(live(world)).toMatchObject([{ state: 'open', fromMinute: 480 }]);
  });
});

describe('one pupil whose day cannot be written', () => {
  it('keeps nobody else’s from following, and is tried again by the bus', async () => {
    const world = await missedAtEight();
    set(world, 'not held', FRENCH);
    const { attendance } = world.ports;
    const stuck = Object.assign(Object.create(attendance), {
      write: async (...writes: Write<typeof table, 'put'>[]) => {
        if (writes.some((write) => 'put' in write && 'pupilId' in write.item && write.item.pupilId === LEA)) throw new RangeError('stuck');
        return attendance.write(...writes);
      },
    }) as typeof attendance;
    await expect(hear({ ...world, ports: { ...world.ports, attendance: stuck } }, FRENCH)).rejects.toThrow('stuck');
    expect([live(world)?.length, live(world, NOA)?.length]).toEqual([1, 0]);
    await hear(world, FRENCH);
    expect(live(world)).toEqual([]);
  });
});

it('says nothing of a day once the timetable is of the next year: its lessons were held', async () => {
  const world = await missedAtEight();
  const before = world.store.items('pupilDay');
  world.outOfYear.add(TODAY);
  await hear(world, WHOLE_DAY);
  expect(await answerFollowTimetable({ uai: UAI, date: TODAY }, world.ports)).toEqual({ followed: 0 });
  expect(world.store.items('pupilDay')).toEqual(before);
  world.outOfYear.clear();
  world.closed.add(TODAY);
  expect(await answerFollowTimetable({ uai: UAI, date: TODAY }, world.ports)).toEqual({ followed: 2 });
});

it('keeps what the desk noted', async () => {
  const world = await missedAtEight();
  await noteMovement({ params: { ...of, pupilId: LEA }, caller: brun, ...request({ kind: 'arrived' as const, minute: 520 }) }, world.ports);
  set(world, 'not held', FRENCH);
  await hear(world, FRENCH);
  expect(dayOf(world)).toMatchObject({ movements: [{ kind: 'arrived', minute: 520 }], absences: [{ state: 'cancelled' }] });
});

it('is granted no more than it does', () => {
  const { grants, on } = manifest.consumers['on-day-changed'];
  expect(on.map(({ name }) => name)).toEqual(['timetable.day-changed']);
  expect(grants.flatMap((grant) => (grant.kind === 'table' ? grant.verbs : []))).toEqual(['get', 'query', 'put', 'update']);
});
