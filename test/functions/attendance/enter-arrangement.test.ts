import { describe, expect, it } from 'vitest';
import { announceAbsence } from '../../../functions/attendance/announce-absence.ts';
import { enterArrangement } from '../../../functions/attendance/enter-arrangement.ts';
import { listArrangements } from '../../../functions/attendance/list-arrangements.ts';
import { readLessonSheet } from '../../../functions/attendance/read-lesson-sheet.ts';
import { readPresence } from '../../../functions/attendance/read-presence.ts';
import { readPupilAttendance } from '../../../functions/attendance/read-pupil-attendance.ts';
import { readRegister } from '../../../functions/attendance/read-register.ts';
import { addDays } from '../../../shared/kernel/index.ts';
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
import { call, dayOf, enter, FIFTH_B, livingAbsences, type World } from './an-arrangement.ts';

const sheet = ({ ports }: World, lessonId: string, caller = ferrand) =>
  readLessonSheet({ params: { uai: UAI, date: TODAY, lessonId }, caller, ...request(undefined) }, ports);
const knownIn = async (world: World, lessonId: string, pupilId: string, caller = ferrand) =>
  (await sheet(world, lessonId, caller)).roster.find((one) => one.pupilId === pupilId)?.known;
const home = ({ ports }: World) => readPupilAttendance({ params: { uai: UAI, pupilId: LEA }, caller: mum, ...request(undefined) }, ports);

describe('an outing of a class', () => {
  it('is one record, whoever asks twice with one key', async () => {
    const world = aSchool();
    const input = {
      params: { uai: UAI },
      caller: brun,
      ...request({ kind: 'outing' as const, target: FIFTH_B, from: TODAY, until: TODAY, without: [] }),
    };
    expect(await enterArrangement(input, world.ports)).toEqual(await enterArrangement(input, world.ports));
    expect(world.store.items('arrangedMonth').flatMap(({ arrangements }) => arrangements)).toHaveLength(1);
    expect(world.store.items('pupilDay')).toHaveLength(0);
  });

  it('prefills the roll calls of its pupils in all their groups, with its source and nothing more', async () => {
    const world = aSchool();
    await enter(world, { title: 'Musée' });
    const known = await knownIn(world, MATHS, NOA);
    expect(known).toEqual({ state: 'elsewhere', place: 'outing', source: 'school-life', at: '2026-09-15T08:05:00.000Z' });
    expect(await knownIn(world, LATIN_TEN, LEA, vasseur)).toMatchObject({ place: 'outing' });
    expect(await knownIn(world, LATIN_TEN, TOM, vasseur)).toBeUndefined();
  });

  it('leaves out who stays, and the hours before and after it', async () => {
    const world = aSchool();
    await enter(world, { without: [ZOE], fromMinute: 540, untilMinute: 650 });
    expect(await knownIn(world, MATHS, ZOE)).toBeUndefined();
    expect(await knownIn(world, FRENCH, NOA)).toBeUndefined();
    expect(await knownIn(world, MATHS, NOA)).toMatchObject({ place: 'outing' });
    expect(await knownIn(world, HISTORY, NOA)).toBeUndefined();
  });

  it('makes no absence of a roll call taken on a page that did not know of it', async () => {
    const world = aSchool();
    await enter(world);
    await call(world, MATHS, [{ pupilId: LEA, state: 'absent' }]);
    expect(livingAbsences(world, LEA)).toEqual([]);
    expect(dayOf(world, LEA)?.episodes).toEqual([]);
    expect((await sheet(world, MATHS)).roster.find(({ pupilId }) => pupilId === LEA)?.mark).toEqual({
      state: 'elsewhere',
      place: 'outing',
    });
  });

  it('tells of a pupil who is not on the bus either', async () => {
    const world = aSchool();
    await enter(world);
    await call(world, MATHS, [
      { pupilId: LEA, state: 'absent', despite: true },
      { pupilId: NOA, state: 'elsewhere', place: 'outing' },
    ]);
    expect(livingAbsences(world, LEA)).toMatchObject([{ state: 'open' }]);
    expect(dayOf(world, LEA)?.episodes).toMatchObject([{ state: 'open' }]);
    expect(livingAbsences(world, NOA)).toEqual([]);
  });

  it('does not take an empty room for a sight: who was missing before it is not said to have arrived', async () => {
    const world = aSchool();
    await enter(world, { fromMinute: 540 });
    await call(world, FRENCH, [{ pupilId: LEA, state: 'absent' }]);
    await call(world, MATHS, [{ pupilId: LEA, state: 'elsewhere', place: 'outing' }]);
    expect(dayOf(world, LEA)?.episodes).toMatchObject([{ state: 'open' }]);
    expect(livingAbsences(world, LEA)).toMatchObject([{ state: 'open', fromMinute: 480 }]);
  });

  it('covers nobody any more who was seen in class after it began', async () => {
    const world = aSchool();
    await enter(world);
    await call(world, MATHS, [{ pupilId: NOA, state: 'elsewhere', place: 'outing' }]);
    expect(await knownIn(world, SPORT, LEA)).toBeUndefined();
    expect(await knownIn(world, SPORT, NOA)).toMatchObject({ place: 'outing' });
    await call(world, SPORT, [
      { pupilId: LEA, state: 'absent' },
      { pupilId: NOA, state: 'elsewhere', place: 'outing' },
      { pupilId: ZOE, state: 'elsewhere', place: 'outing' },
    ]);
    expect(dayOf(world, LEA)?.episodes).toMatchObject([{ state: 'open', seenBefore: true }]);
  });

  it('leaves an absence that was announced for that day one absence', async () => {
    const world = aSchool();
    world.clock.set('2026-09-14T18:00');
    await announceAbsence(
      { params: { uai: UAI, pupilId: LEA }, caller: mum, ...request({ from: TODAY, until: TODAY, reason: 'illness' as const }) },
      world.ports,
    );
    await enter(world);
    world.clock.set(`${TODAY}T10:05`);
    expect(await knownIn(world, MATHS, LEA)).toMatchObject({ state: 'absent', source: 'family' });
    await call(world, MATHS, [{ pupilId: LEA, state: 'absent' }]);
    expect(livingAbsences(world, LEA)).toHaveLength(1);
    expect((await home(world)).today.status).toBe('announced');
  });

  it('is known to the sheet of who is where, the register and the family', async () => {
    const world = aSchool();
    await enter(world, { fromMinute: 540, untilMinute: 1000 });
    const { pupils } = await readPresence({ params: { uai: UAI, date: TODAY } }, world.ports);
    expect(pupils.find(({ pupilId }) => pupilId === LEA)).toMatchObject({ state: 'out', word: { place: 'outing', minute: 540 } });
    expect(pupils.find(({ pupilId }) => pupilId === TOM)).toMatchObject({ state: 'unknown' });
    const register = await readRegister({ params: { uai: UAI, groupId: FIFTH_B, date: TODAY } }, world.ports);
    const column = register.lessons.findIndex((one) => one.date === TODAY && one.lessonId === MATHS);
    const before = register.lessons.findIndex((one) => one.date === TODAY && one.lessonId === FRENCH);
    const entries = register.pupils.find(({ pupilId }) => pupilId === LEA)?.entries;
    expect(entries?.find(({ lesson }) => lesson === column)).toMatchObject({ is: 'elsewhere' });
    expect(entries?.find(({ lesson }) => lesson === before)).toMatchObject({ is: 'open' });
    const { today, arranged } = await home(world);
    expect(today).toMatchObject({ status: 'away', awayFor: 'outing', sinceMinute: 540 });
    expect(today.lessons.find(({ lessonId }) => lessonId === HISTORY)).toMatchObject({ state: 'elsewhere', place: 'outing' });
    expect(arranged).toMatchObject([{ kind: 'outing', from: TODAY, until: TODAY, fromMinute: 540 }]);
  });
});

describe('an exemption', () => {
  it('comes back each week in its subject, and is nobody’s absence', async () => {
    const world = aSchool();
    const eps = { kind: 'exemption' as const, target: LEA, until: addDays(TODAY, 60), subject: { code: 'EPS', label: 'EPS' } };
    await enter(world, eps);
    expect(await knownIn(world, SPORT, LEA)).toMatchObject({ state: 'exempt' });
    expect(await knownIn(world, MATHS, LEA)).toBeUndefined();
    await call(world, SPORT, [{ pupilId: LEA, state: 'absent' }]);
    expect(livingAbsences(world, LEA)).toEqual([]);
    const { today } = await home(world);
    expect(today.lessons.find(({ lessonId }) => lessonId === SPORT)).toMatchObject({ state: 'exempt' });
  });

  it('stands on its weekdays alone', async () => {
    const world = aSchool();
    // The day is a Tuesday.
    await enter(world, { kind: 'exemption', target: LEA, until: addDays(TODAY, 60), weekdays: [3] });
    expect(await knownIn(world, SPORT, LEA)).toBeUndefined();
    await enter(world, { kind: 'exemption', target: LEA, until: addDays(TODAY, 60), weekdays: [2] });
    expect(await knownIn(world, SPORT, LEA)).toMatchObject({ state: 'exempt' });
  });

  it('with presence is shown, and prefills nothing: missing from the room is missing', async () => {
    const world = aSchool();
    await enter(world, { kind: 'exemption', target: LEA, subject: { code: 'EPS', label: 'EPS' }, inRoom: true });
    expect(await knownIn(world, SPORT, LEA)).toMatchObject({ state: 'exempt', inRoom: true });
    await call(world, SPORT, [{ pupilId: LEA, state: 'absent' }]);
    expect(livingAbsences(world, LEA)).toHaveLength(1);
  });

  it('says nothing of where the pupil is', async () => {
    const world = aSchool();
    await enter(world, { kind: 'exemption', target: LEA });
    const { pupils } = await readPresence({ params: { uai: UAI, date: TODAY } }, world.ports);
    expect(pupils.find(({ pupilId }) => pupilId === LEA)?.state).toBe('unknown');
  });
});

describe('entering one', () => {
  it('takes a pupil or a group of the school, and no other', async () => {
    const world = aSchool();
    await expect(enter(world, { target: 'p_nobody001' })).rejects.toMatchObject({ kind: 'missing' });
    expect(await enter(world, { kind: 'placement', target: LEA })).toMatchObject({ pupil: { familyName: 'Éluard', classLabel: '5e B' } });
  });

  it('reaches a month back, a year ahead and a year long', async () => {
    const world = aSchool();
    await expect(enter(world, { from: addDays(TODAY, -32) })).rejects.toMatchObject({ code: 'attendance.arrangement-out-of-range' });
    await expect(enter(world, { until: addDays(TODAY, 367) })).rejects.toMatchObject({ code: 'attendance.arrangement-too-long' });
    await expect(enter(world, { from: addDays(TODAY, 2), until: addDays(TODAY, 367) })).rejects.toMatchObject({
      code: 'attendance.arrangement-out-of-range',
    });
    expect(await enter(world, { from: addDays(TODAY, -31), until: addDays(TODAY, 300) })).toMatchObject({ label: FIFTH_B });
  });

  it('is listed by first day, what is over for a month at most', async () => {
    const world = aSchool();
    await enter(world, { kind: 'placement', target: LEA, from: addDays(TODAY, 7), until: addDays(TODAY, 11) });
    await enter(world, { from: addDays(TODAY, -3), until: addDays(TODAY, -3) });
    const listed = async () => (await listArrangements({ params: { uai: UAI } }, world.ports)).arrangements;
    expect((await listed()).map(({ kind, pupil }) => [kind, pupil?.givenName])).toEqual([
      ['outing', undefined],
      ['placement', 'Léa'],
    ]);
    world.clock.set('2026-11-20T10:00');
    expect(await listed()).toEqual([]);
  });
});
