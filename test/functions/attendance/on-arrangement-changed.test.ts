import { describe, expect, it } from 'vitest';
import { answerFollowTimetable } from '../../../functions/attendance/answer-follow-timetable.ts';
import { readPresence } from '../../../functions/attendance/read-presence.ts';
import { readRegister } from '../../../functions/attendance/read-register.ts';
import { stopArrangement } from '../../../functions/attendance/stop-arrangement.ts';
import type { ArrangementLine } from '../../../shared/attendance/arrangement-routes.ts';
import { eventsOf } from '../../../shared/attendance/events-of.ts';
import { factsOf } from '../../../shared/attendance/half-days.ts';
import { addDays } from '../../../shared/kernel/index.ts';
import { aSchool, brun, FRENCH, LEA, MATHS, NOA, request, SPORT, TODAY, UAI, ZOE } from './a-school.ts';
import { call, dayOf, enter, FIFTH_B, hear, livingAbsences, type World } from './an-arrangement.ts';

/** The whole class was called absent at nine: nobody had said that it is on an outing. */
const missedAtNine = async () => {
  const world = aSchool(`${TODAY}T09:05`);
  await call(
    world,
    MATHS,
    [LEA, NOA, ZOE].map((pupilId) => ({ pupilId, state: 'absent' as const })),
  );
  world.clock.set(`${TODAY}T10:05`);
  return world;
};
const stop = ({ ports }: World, { from, arrangementId }: ArrangementLine, on?: string) =>
  stopArrangement({ params: { uai: UAI, date: from, arrangementId }, caller: brun, ...request(undefined), query: on ? { on } : {} }, ports);
const missed = (world: World, pupilId = LEA) => {
  const day = dayOf(world, pupilId);
  return day ? factsOf(day).missed.length : 0;
};

describe('an outing entered after its roll calls', () => {
  it('leaves no absence, and corrects what families were told without saying that the child was in class', async () => {
    const world = await missedAtNine();
    expect(missed(world)).toBe(1);
    await hear(world, await enter(world));
    for (const pupilId of [LEA, NOA, ZOE]) {
      expect(livingAbsences(world, pupilId)).toEqual([]);
      expect(missed(world, pupilId)).toBe(0);
      expect(dayOf(world, pupilId)?.episodes).toMatchObject([{ state: 'not-absent' }]);
    }
    expect(dayOf(world, LEA)?.queue).toBeUndefined();
  });

  it('keeps what was said, and does it once however often it hears of it', async () => {
    const world = await missedAtNine();
    const outing = await enter(world);
    await hear(world, outing);
    const { observations, revision } = dayOf(world, LEA) ?? {};
    expect(observations?.map(({ state }) => state)).toEqual(['absent', 'elsewhere']);
    await hear(world, outing);
    expect(await answerFollowTimetable({ uai: UAI, date: TODAY }, world.ports)).toEqual({ followed: 0 });
    expect(dayOf(world, LEA)?.revision).toBe(revision);
    expect(world.store.items('rollCall')[0]?.marks[0]?.state).toBe('absent');
  });

  it('is found by reconciliation where its event was lost', async () => {
    const world = await missedAtNine();
    await enter(world);
    expect(await answerFollowTimetable({ uai: UAI, date: TODAY }, world.ports)).toEqual({ followed: 3 });
    expect(livingAbsences(world, LEA)).toEqual([]);
  });

  it('is read by the register and the sheet of who is where', async () => {
    const world = await missedAtNine();
    await hear(world, await enter(world));
    const { pupils } = await readPresence({ params: { uai: UAI, date: TODAY } }, world.ports);
    expect(pupils.find(({ pupilId }) => pupilId === LEA)).toMatchObject({ state: 'out', word: { place: 'outing' } });
    const register = await readRegister({ params: { uai: UAI, groupId: FIFTH_B, date: TODAY } }, world.ports);
    const column = register.lessons.findIndex((one) => one.date === TODAY && one.lessonId === MATHS);
    expect(register.pupils.map(({ entries }) => entries.find(({ lesson }) => lesson === column)?.is)).toEqual([
      'elsewhere',
      'elsewhere',
      'elsewhere',
    ]);
  });

  it('does not touch the absence of who stays, nor of a lesson before it', async () => {
    const world = await missedAtNine();
    await hear(world, await enter(world, { without: [ZOE] }));
    expect(livingAbsences(world, ZOE)).toHaveLength(1);
    const other = await missedAtNine();
    await hear(other, await enter(other, { fromMinute: 600 }));
    expect(livingAbsences(other, LEA)).toHaveLength(1);
  });

  it('leaves absent who was called so by someone who knew', async () => {
    const world = aSchool();
    const outing = await enter(world);
    await call(world, MATHS, [{ pupilId: LEA, state: 'absent', despite: true }]);
    await hear(world, outing);
    expect(livingAbsences(world, LEA)).toHaveLength(1);
  });

  it('does not hide who was seen after it began and then went', async () => {
    const world = aSchool();
    await call(world, MATHS, []);
    await call(world, SPORT, [{ pupilId: LEA, state: 'absent' }]);
    await hear(world, await enter(world));
    expect(livingAbsences(world, LEA)).toHaveLength(1);
    expect(dayOf(world, LEA)?.episodes).toMatchObject([{ state: 'open', seenBefore: true }]);
  });

  it('puts right each day it covers, and none to come', async () => {
    const world = await missedAtNine();
    world.clock.set(`${addDays(TODAY, 1)}T10:05`);
    await hear(world, await enter(world, { from: addDays(TODAY, -2), until: addDays(TODAY, 30) }));
    expect(livingAbsences(world, LEA)).toEqual([]);
  });
});

describe('an arrangement taken back', () => {
  it('makes absent again who was called absent, as a new episode that school life is asked about when it is late', async () => {
    const world = await missedAtNine();
    const outing = await enter(world);
    await hear(world, outing);
    world.clock.set(`${addDays(TODAY, 1)}T08:00`);
    await hear(world, await stop(world, outing));
    expect(livingAbsences(world, LEA)).toHaveLength(1);
    expect(missed(world)).toBe(1);
    expect(dayOf(world, LEA)?.episodes).toMatchObject([{ state: 'not-absent' }, { state: 'open', asks: 'late' }]);
  });

  it('leaves what a teacher said who saw the empty room', async () => {
    const world = aSchool();
    const outing = await enter(world);
    await call(world, FRENCH, [{ pupilId: LEA, state: 'elsewhere', place: 'outing' }]);
    await hear(world, await stop(world, outing));
    expect(livingAbsences(world, LEA)).toEqual([]);
  });

  it('ended on a day stands before it; earlier still, but never later', async () => {
    const world = aSchool();
    const placement = await enter(world, { kind: 'placement', target: LEA, until: addDays(TODAY, 10) });
    expect((await stop(world, placement, addDays(TODAY, 3))).stopped).toMatchObject({ on: addDays(TODAY, 3) });
    expect((await stop(world, placement, addDays(TODAY, 5))).stopped).toMatchObject({ on: addDays(TODAY, 3) });
    expect((await stop(world, placement)).stopped).toMatchObject({ on: TODAY });
    expect((await stop(world, placement)).revision).toBe(3);
  });

  it('is missing for another school', async () => {
    const world = aSchool();
    const outing = await enter(world);
    await expect(stop(world, { ...outing, arrangementId: 'x_unknown001' })).rejects.toMatchObject({ kind: 'missing' });
  });
});

it('is an event of each of its months whenever it changes, and of no other', async () => {
  const world = aSchool();
  const { arrangementId } = await enter(world, { until: addDays(TODAY, 30) });
  const events = world.store
    .items('arrangedMonth')
    .map((item) => eventsOf({ entity: 'arrangedMonth', after: { ...item, entity: 'arrangedMonth' } }));
  expect(events.flat()).toMatchObject([
    { name: 'attendance.arrangement-changed', payload: { month: '2026-09', arrangementId, revision: 1 } },
    { name: 'attendance.arrangement-changed', payload: { month: '2026-10', arrangementId, revision: 1 } },
  ]);
  const before = world.store.items('arrangedMonth').find(({ month }) => month === '2026-09');
  const other = await enter(world);
  const after = world.store.items('arrangedMonth').find(({ month }) => month === '2026-09');
  if (!before || !after) throw new Error('nothing was kept');
  const change = {
    entity: 'arrangedMonth' as const,
    before: { ...before, entity: 'arrangedMonth' as const },
    after: { ...after, entity: 'arrangedMonth' as const },
  };
  expect(eventsOf(change)).toMatchObject([{ payload: { arrangementId: other.arrangementId } }]);
});
