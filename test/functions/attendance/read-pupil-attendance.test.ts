import { describe, expect, it } from 'vitest';
import { announceAbsence } from '../../../functions/attendance/announce-absence.ts';
import { justifyAbsence } from '../../../functions/attendance/justify-absence.ts';
import { noteMovement } from '../../../functions/attendance/note-movement.ts';
import { readPupilAttendance } from '../../../functions/attendance/read-pupil-attendance.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import type { Mark } from '../../../shared/attendance/episode.ts';
import { addDays, type Caller } from '../../../shared/kernel/index.ts';
import {
  aSchool,
  brun,
  callerAt,
  dad,
  FRENCH,
  ferrand,
  LATIN_TEN,
  LEA,
  MATHS,
  mum,
  request,
  SPORT,
  TODAY,
  UAI,
  vasseur,
} from './a-school.ts';

type World = ReturnType<typeof aSchool>;
const read = ({ ports }: World, caller: Caller = mum, pupilId = LEA) =>
  readPupilAttendance({ params: { uai: UAI, pupilId }, caller, ...request(undefined) }, ports);
const save = ({ ports }: World, lessonId: string, marks: Mark[], caller = ferrand) =>
  saveRollCall(
    {
      params: { uai: UAI, date: TODAY, lessonId },
      caller,
      ...request({ state: 'done' as const, basedOn: 0, marks, added: [], removed: [] }),
    },
    ports,
  );
const missing: Mark[] = [{ pupilId: LEA, state: 'absent' }];

describe('a pupil’s attendance', () => {
  it('is unknown before the first roll call, present after it', async () => {
    const world = aSchool(`${TODAY}T08:05`);
    expect((await read(world)).today).toMatchObject({ status: 'unknown', schoolDay: true });
    await save(world, FRENCH, []);
    const { today } = await read(world);
    expect(today).toMatchObject({ status: 'present', statusAt: '2026-09-15T06:05:00.000Z', sinceMinute: 480 });
    expect(today.lessons.map(({ lessonId, state, current }) => [lessonId, state, current])).toEqual([
      [FRENCH, 'present', true],
      [MATHS, 'to-come', false],
      [SPORT, 'to-come', false],
      [LATIN_TEN, 'to-come', false],
      ['l_history1', 'to-come', false],
    ]);
  });

  it('is absent since the first lesson missed, to be justified, and present again once seen', async () => {
    const world = aSchool();
    await save(world, MATHS, missing);
    const absent = await read(world);
    expect(absent.today).toMatchObject({ status: 'absent', sinceMinute: 540 });
    expect(absent.toJustify).toMatchObject([{ date: TODAY, fromMinute: 540, subject: 'Mathématiques', state: 'open' }]);
    expect(absent.days).toMatchObject([{ date: TODAY, morning: 'absent', absences: [{ fromMinute: 540, known: false }] }]);
    await noteMovement(
      { params: { uai: UAI, date: TODAY, pupilId: LEA }, caller: brun, ...request({ kind: 'arrived' as const, minute: 590 }) },
      world.ports,
    );
    const back = await read(world);
    expect(back.today).toMatchObject({ status: 'present', sinceMinute: 590 });
    expect(back.toJustify).toMatchObject([{ state: 'arrived', seenMinute: 590 }]);
  });

  it('shows a guardian their own answers alone, and the school all of them', async () => {
    const world = aSchool();
    await save(world, MATHS, missing);
    const episodeId = (await read(world)).toJustify[0]?.episodeId ?? '';
    await justifyAbsence(
      {
        params: { uai: UAI, date: TODAY, pupilId: LEA },
        caller: mum,
        ...request({ episodeId, reason: 'illness' as const, withProof: false }),
      },
      world.ports,
    );
    expect(await read(world)).toMatchObject({ toJustify: [], answered: [{ episodeId, reason: 'illness' }] });
    const other = await read(world, dad);
    expect(other).toMatchObject({ toJustify: [{ episodeId }], answered: [] });
    expect(JSON.stringify(other)).not.toContain('illness');
    expect(await read(world, brun)).toMatchObject({ toJustify: [], answered: [{ reason: 'illness' }] });
  });

  it('shows what is announced, without its reason, and asks nothing more of who announced it', async () => {
    const world = aSchool(`${TODAY}T07:40`);
    const until = addDays(TODAY, 1);
    await announceAbsence(
      { params: { uai: UAI, pupilId: LEA }, caller: mum, ...request({ from: TODAY, until, reason: 'travel' as const }) },
      world.ports,
    );
    world.clock.set(`${TODAY}T08:10`);
    await save(world, FRENCH, missing);
    const own = await read(world);
    expect(own.today).toMatchObject({ status: 'announced' });
    expect(own.today.lessons[1]).toMatchObject({ state: 'announced' });
    expect(own.announced.map(({ date }) => date)).toEqual([TODAY, until]);
    expect(own.toJustify).toEqual([]);
    expect(own.days).toMatchObject([{ morning: 'known', absences: [{ known: true }] }]);
    expect(JSON.stringify(await read(world, dad))).not.toContain('travel');
  });

  it('says « unknown » of a lesson where somebody has to check, and nothing of the other roll call', async () => {
    const world = aSchool();
    await save(world, LATIN_TEN, [], vasseur);
    await save(world, SPORT, missing);
    const { today, toJustify } = await read(world);
    expect(today.lessons.map(({ lessonId, state }) => [lessonId, state])).toContainEqual([SPORT, 'unknown']);
    expect(today.status).toBe('present');
    expect(toJustify).toEqual([]);
  });

  it('has the last 30 days and no more, in two requests', async () => {
    const world = aSchool();
    await save(world, MATHS, missing);
    world.clock.move(30 * 86_400_000);
    world.store.forget();
    expect((await read(world)).days).toHaveLength(1);
    expect(world.store.consumed().map(({ kind }) => kind)).toEqual(['query', 'batch']);
    world.clock.move(86_400_000);
    expect((await read(world)).days).toEqual([]);
  });

  it('is missing for someone who is no pupil of the school', async () => {
    const world = aSchool();
    await expect(read(world, brun, 'p_nobody01')).rejects.toMatchObject({ kind: 'missing' });
    await expect(read(world, brun, 'p_ferrand1')).rejects.toMatchObject({ kind: 'missing' });
    expect((await read(world, callerAt('pupil', LEA))).pupil).toMatchObject({ givenName: 'Léa', classLabel: '5e B' });
  });
});
