import { describe, expect, it } from 'vitest';
import { announceAbsence } from '../../../functions/attendance/announce-absence.ts';
import { noteMovement } from '../../../functions/attendance/note-movement.ts';
import { readLessonSheet } from '../../../functions/attendance/read-lesson-sheet.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import type { Caller } from '../../../shared/kernel/index.ts';
import {
  aSchool,
  brun,
  FERRAND,
  FRENCH,
  ferrand,
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

const sheet = ({ ports }: ReturnType<typeof aSchool>, lessonId: string, caller: Caller = ferrand) =>
  readLessonSheet({ params: { uai: UAI, date: TODAY, lessonId }, caller, ...request(undefined) }, ports);

describe('a lesson’s sheet', () => {
  it('lists the class in the order of a French dictionary, everybody present', async () => {
    const world = aSchool();
    const found = await sheet(world, SPORT);
    expect(found.roster.map(({ familyName }) => familyName)).toEqual(['Éluard', 'Ferry', 'Zidane']);
    expect(found).toMatchObject({
      state: 'todo',
      revision: 0,
      graceMinutes: 10,
      tellAt: '2026-09-15T08:15:00.000Z',
      lesson: { subject: 'EPS' },
    });
    expect(found.roster.filter(({ mark, known, absentBefore }) => mark || known || absentBefore)).toEqual([]);
    expect(world.store.consumed()).toHaveLength(1);
  });

  it('lists a group with the class each pupil comes from', async () => {
    const found = await sheet(aSchool(), LATIN_TEN, vasseur);
    expect(found.roster.map(({ pupilId, classLabel }) => [pupilId, classLabel])).toEqual([
      [LEA, '5e B'],
      [TOM, '4e A'],
    ]);
  });

  it('prefills what is known with its source and hour, never the reason', async () => {
    const world = aSchool(`${TODAY}T07:30`);
    const { ports, clock } = world;
    await announceAbsence(
      { params: { uai: UAI, pupilId: LEA }, caller: mum, ...request({ from: TODAY, until: TODAY, reason: 'illness' as const }) },
      ports,
    );
    clock.set(`${TODAY}T10:20`);
    const desk = (pupilId: string, kind: 'arrived' | 'left', minute: number) =>
      noteMovement({ params: { uai: UAI, date: TODAY, pupilId }, caller: brun, ...request({ kind, minute }) }, ports);
    await desk(NOA, 'arrived', 606);
    await desk(ZOE, 'left', 590);
    const found = await sheet(world, SPORT);
    expect(found.roster.map(({ pupilId, known }) => [pupilId, known])).toEqual([
      [LEA, { state: 'absent', source: 'family', at: '2026-09-15T05:30:00.000Z' }],
      [ZOE, { state: 'excused', source: 'school-life', at: '2026-09-15T08:20:00.000Z' }],
      [NOA, { state: 'late', minutes: 6, source: 'school-life', at: '2026-09-15T08:20:00.000Z' }],
    ]);
    expect(JSON.stringify(found)).not.toContain('illness');
  });

  it('hints at an absence in the lesson before, and stops once the pupil is seen', async () => {
    const world = aSchool();
    const params = { uai: UAI, date: TODAY, lessonId: MATHS };
    await saveRollCall(
      {
        params,
        caller: ferrand,
        ...request({ state: 'done' as const, basedOn: 0, marks: [{ pupilId: LEA, state: 'absent' as const }], added: [], removed: [] }),
      },
      world.ports,
    );
    const hinted = async () => (await sheet(world, SPORT)).roster.filter(({ absentBefore }) => absentBefore).map(({ pupilId }) => pupilId);
    expect(await hinted()).toEqual([LEA]);
    await noteMovement(
      { params: { uai: UAI, date: TODAY, pupilId: LEA }, caller: brun, ...request({ kind: 'arrived' as const, minute: 598 }) },
      world.ports,
    );
    expect(await hinted()).toEqual([]);
  });

  it('shows what was saved, by whom, and who was added or taken out', async () => {
    const world = aSchool();
    const params = { uai: UAI, date: TODAY, lessonId: SPORT };
    await saveRollCall(
      {
        params,
        caller: ferrand,
        ...request({
          state: 'done' as const,
          basedOn: 0,
          marks: [{ pupilId: NOA, state: 'absent' as const }],
          added: [TOM],
          removed: [ZOE],
        }),
      },
      world.ports,
    );
    world.store.forget();
    const found = await sheet(world, SPORT, brun);
    expect(found).toMatchObject({
      state: 'done',
      revision: 1,
      savedBy: { personId: FERRAND, name: 'M. Ferrand' },
      tellAt: '2026-09-15T08:15:00.000Z',
    });
    expect(found.roster.map(({ pupilId, added, mark }) => [pupilId, added, mark?.state])).toEqual([
      [LEA, false, undefined],
      [TOM, true, undefined],
      [NOA, false, 'absent'],
    ]);
    expect(found.removed.map(({ pupilId }) => pupilId)).toEqual([ZOE]);
    expect(world.store.consumed()).toHaveLength(2);
  });

  it('is missing for who does not give the lesson, and there for school life and both co-teachers', async () => {
    const world = aSchool();
    await expect(sheet(world, SPORT, vasseur)).rejects.toMatchObject({ kind: 'missing' });
    await expect(sheet(world, 'l_nowhere0', brun)).rejects.toMatchObject({ kind: 'missing' });
    for (const caller of [ferrand, vasseur, brun]) expect((await sheet(world, MATHS, caller)).roster).toHaveLength(3);
  });

  it('says that a day has no lessons', async () => {
    const world = aSchool();
    world.closed.add(TODAY);
    await expect(sheet(world, FRENCH)).rejects.toMatchObject({ code: 'attendance.day-closed' });
  });
});
