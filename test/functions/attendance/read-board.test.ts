import { describe, expect, it } from 'vitest';
import { justifyAbsence } from '../../../functions/attendance/justify-absence.ts';
import { noteMovement } from '../../../functions/attendance/note-movement.ts';
import { readBoard } from '../../../functions/attendance/read-board.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import type { Mark } from '../../../shared/attendance/episode.ts';
import {
  aSchool,
  brun,
  FRENCH,
  ferrand,
  HISTORY,
  LATIN_TEN,
  LEA,
  MATHS,
  mum,
  NOA,
  request,
  SPORT,
  TODAY,
  TOM,
  UAI,
  vasseur,
  ZOE,
} from './a-school.ts';

type World = ReturnType<typeof aSchool>;
const read = ({ ports }: World, date = TODAY) => readBoard({ params: { uai: UAI, date }, caller: brun, ...request(undefined) }, ports);
const save = ({ ports }: World, lessonId: string, marks: Mark[], caller = ferrand, state: 'begun' | 'done' = 'done') =>
  saveRollCall(
    { params: { uai: UAI, date: TODAY, lessonId }, caller, ...request({ state, basedOn: 0, marks, added: [], removed: [] }) },
    ports,
  );
const absent = (pupilId: string): Mark => ({ pupilId, state: 'absent' });

describe('the board of school life', () => {
  it('has nobody missing before a roll call, and every roll call to do', async () => {
    const board = await read(aSchool());
    expect(board.counters).toEqual({
      expected: 4,
      present: 4,
      absentWithoutReason: 0,
      absentKnown: 0,
      late: 0,
      rollCallsDue: 4,
      rollCallsDone: 0,
    });
    expect(board.absentees).toEqual([]);
    expect(board.rollCalls.map(({ lessonId, state, minutesElapsed }) => [lessonId, state, minutesElapsed])).toEqual([
      [SPORT, 'todo', 5],
      [LATIN_TEN, 'todo', 5],
      [MATHS, 'todo', 65],
      [FRENCH, 'todo', 125],
    ]);
    expect(board.rollCalls[2]?.teachers.map(({ familyName }) => familyName)).toEqual(['Ferrand', 'Vasseur']);
  });

  it('puts « Je ne savais pas » first, then who was seen and is gone, then the others, then those with a reason', async () => {
    const world = aSchool();
    const { ports } = world;
    await save(world, FRENCH, [absent(LEA), absent(NOA)]);
    await noteMovement(
      { params: { uai: UAI, date: TODAY, pupilId: NOA }, caller: brun, ...request({ kind: 'announced' as const, minute: 0 }) },
      ports,
    );
    await save(world, SPORT, [absent(LEA), absent(NOA), absent(ZOE)]);
    await save(world, LATIN_TEN, [absent(LEA), absent(TOM)], vasseur);
    const urgencies = async () => (await read(world)).absentees.map(({ pupilId, urgency }) => [pupilId, urgency]);
    expect(await urgencies()).toEqual([
      [ZOE, 'seen-then-gone'],
      [LEA, 'without-reason'],
      [TOM, 'without-reason'],
      [NOA, 'known'],
    ]);
    const episodeId = (await read(world)).absentees.find(({ pupilId }) => pupilId === LEA)?.episode?.episodeId ?? '';
    const answer = (reason: 'unknown' | 'illness') =>
      justifyAbsence(
        { params: { uai: UAI, date: TODAY, pupilId: LEA }, caller: mum, ...request({ episodeId, reason, withProof: false }) },
        ports,
      );
    await answer('unknown');
    expect((await urgencies())[0]).toEqual([LEA, 'did-not-know']);
    await answer('illness');
    expect((await urgencies()).slice(2)).toEqual([
      [LEA, 'answered'],
      [NOA, 'known'],
    ]);
    const board = await read(world);
    expect(board.counters).toMatchObject({
      expected: 4,
      present: 0,
      absentWithoutReason: 2,
      absentKnown: 2,
      rollCallsDue: 4,
      rollCallsDone: 3,
    });
    expect(board.absentees[2]?.answers).toMatchObject([
      { reason: 'unknown', guardian: { givenName: 'Claire' } },
      { reason: 'illness', guardian: { givenName: 'Claire' } },
    ]);
    expect(board.absentees[0]).toMatchObject({ seenMinute: 480, fromMinute: 600, classLabel: '5e B' });
  });

  it('lists the late, by roll call or by the desk, and those who came back', async () => {
    const world = aSchool();
    await save(world, SPORT, [absent(LEA), { pupilId: ZOE, state: 'late', minutes: 3 }]);
    await noteMovement(
      { params: { uai: UAI, date: TODAY, pupilId: LEA }, caller: brun, ...request({ kind: 'arrived' as const, minute: 604 }) },
      world.ports,
    );
    const board = await read(world);
    expect(board.latecomers.map(({ pupilId, minutes, source }) => [pupilId, minutes, source])).toEqual([
      [LEA, 4, 'desk'],
      [ZOE, 3, 'roll-call'],
    ]);
    expect(board.returned).toMatchObject([{ pupilId: LEA, fromMinute: 600, untilMinute: 604 }]);
    expect(board.absentees).toEqual([]);
    expect(board.movements).toMatchObject([{ kind: 'arrived', pupil: { pupilId: LEA } }]);
    expect(board.counters).toMatchObject({ expected: 4, present: 4, late: 2 });
  });

  it('asks a human to check who is absent here and seen there', async () => {
    const world = aSchool();
    await save(world, LATIN_TEN, [], vasseur);
    await save(world, SPORT, [absent(LEA)]);
    const board = await read(world);
    expect(board.absentees).toEqual([]);
    expect(board.toCheck).toMatchObject([{ pupilId: LEA, absentIn: { lessonId: SPORT }, seenIn: [{ lessonId: LATIN_TEN }] }]);
  });

  it('tells a roll call begun and not validated from one not begun', async () => {
    const world = aSchool(`${TODAY}T11:15`);
    await save(world, HISTORY, [absent(LEA)], ferrand, 'begun');
    const board = await read(world);
    expect(board.rollCalls[0]).toMatchObject({ lessonId: HISTORY, state: 'begun', minutesElapsed: 15 });
    expect(board.absentees).toEqual([]);
  });

  it('reads the day in one query, whatever happened', async () => {
    const world = aSchool();
    await save(world, SPORT, [absent(LEA)]);
    world.store.forget();
    await read(world);
    expect(world.store.consumed().map(({ kind }) => kind)).toEqual(['query']);
  });
});
