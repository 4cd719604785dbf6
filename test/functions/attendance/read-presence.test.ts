import { describe, expect, it } from 'vitest';
import { noteMovement } from '../../../functions/attendance/note-movement.ts';
import { readPresence } from '../../../functions/attendance/read-presence.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import type { Mark } from '../../../shared/attendance/episode.ts';
import { aSchool, brun, ferrand, LATIN_TEN, LEA, NOA, request, SPORT, TODAY, TOM, UAI, vasseur, ZOE } from './a-school.ts';

type World = ReturnType<typeof aSchool>;
const read = ({ ports }: World, date = TODAY) => readPresence({ params: { uai: UAI, date } }, ports);
const states = async (world: World, date = TODAY) =>
  Object.fromEntries((await read(world, date)).pupils.map(({ pupilId, state }) => [pupilId, state]));
const save = (
  { ports }: World,
  lessonId: string,
  marks: Mark[],
  { caller = ferrand, state = 'done' as 'begun' | 'done', removed = [] as string[], basedOn = 0 } = {},
) =>
  saveRollCall({ params: { uai: UAI, date: TODAY, lessonId }, caller, ...request({ state, basedOn, marks, added: [], removed }) }, ports);

describe('« Présents maintenant »', () => {
  it('has everybody, by class and name, and knows of nobody before a roll call', async () => {
    const { pupils, lessons } = await read(aSchool());
    expect(pupils.map(({ pupilId, classLabel, state }) => [pupilId, classLabel, state])).toEqual([
      [TOM, '4e A', 'unknown'],
      [LEA, '5e B', 'unknown'],
      [ZOE, '5e B', 'unknown'],
      [NOA, '5e B', 'unknown'],
    ]);
    expect(lessons.map(({ lessonId, called }) => [lessonId, called])).toEqual([
      [SPORT, false],
      [LATIN_TEN, false],
    ]);
  });

  it('knows whom a validated roll call saw, missed or found elsewhere, and not whom one in progress did', async () => {
    const world = aSchool();
    await save(
      world,
      SPORT,
      [
        { pupilId: ZOE, state: 'elsewhere', place: 'infirmary' },
        { pupilId: NOA, state: 'absent' },
      ],
      {
        state: 'begun',
      },
    );
    expect(await states(world)).toMatchObject({ [LEA]: 'unknown', [ZOE]: 'unknown', [NOA]: 'unknown' });
    await save(
      world,
      SPORT,
      [
        { pupilId: ZOE, state: 'elsewhere', place: 'infirmary' },
        { pupilId: NOA, state: 'absent' },
      ],
      { basedOn: 1 },
    );
    expect(await states(world)).toEqual({ [LEA]: 'present', [ZOE]: 'elsewhere', [NOA]: 'absent', [TOM]: 'unknown' });
    const { pupils, lessons } = await read(world);
    const zoe = pupils.find(({ pupilId }) => pupilId === ZOE);
    expect(zoe?.word).toEqual({ says: 'elsewhere', minute: 600, place: 'infirmary' });
    expect(lessons[zoe?.lesson ?? -1]).toMatchObject({ lessonId: SPORT, rooms: ['104'], called: true });
  });

  it('finds in their other lesson who is « pas dans mon groupe » here', async () => {
    const world = aSchool();
    await save(world, SPORT, [], { removed: [LEA] });
    expect(await states(world)).toMatchObject({ [LEA]: 'unknown', [NOA]: 'present' });
    await save(world, LATIN_TEN, [], { caller: vasseur });
    expect(await states(world)).toMatchObject({ [LEA]: 'present', [TOM]: 'present' });
  });

  it('follows the desk: who left is out, and stays so after the next lesson began', async () => {
    const world = aSchool();
    await save(world, SPORT, []);
    const params = { uai: UAI, date: TODAY, pupilId: NOA };
    await noteMovement({ params, caller: brun, ...request({ kind: 'left' as const, minute: 604 }) }, world.ports);
    expect(await states(world)).toMatchObject({ [NOA]: 'out', [LEA]: 'present' });
    world.clock.set(`${TODAY}T11:10`);
    expect(await states(world)).toMatchObject({ [NOA]: 'out', [LEA]: 'unknown' });
  });

  it('says who of those who eat at school will be missed at table, and nothing of the others', async () => {
    const world = aSchool();
    for (const line of Object.values(world.lists).flat()) line.regime = line.pupilId === ZOE ? 'day' : 'half-board';
    await save(world, SPORT, [
      { pupilId: NOA, state: 'absent' },
      { pupilId: ZOE, state: 'absent' },
    ]);
    const { pupils } = await read(world);
    expect(pupils.map(({ pupilId, table }) => [pupilId, table])).toEqual([
      [TOM, undefined],
      [LEA, undefined],
      [ZOE, undefined],
      [NOA, 'away'],
    ]);
  });

  it('reads another day as it ended or as it begins, and says when the school was closed', async () => {
    const world = aSchool();
    await save(world, SPORT, [{ pupilId: NOA, state: 'absent' }]);
    expect(await states(world, '2026-09-16')).toMatchObject({ [NOA]: 'unknown' });
    world.closed.add('2026-09-14');
    expect(await read(world, '2026-09-14')).toMatchObject({ schoolDay: false, closedBecause: 'holiday', lessons: [] });
  });
});
