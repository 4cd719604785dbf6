import { describe, expect, it } from 'vitest';
import { endStay } from '../../../functions/attendance/end-stay.ts';
import { listStays } from '../../../functions/attendance/list-stays.ts';
import { noteStay } from '../../../functions/attendance/note-stay.ts';
import { readLessonSheet } from '../../../functions/attendance/read-lesson-sheet.ts';
import { readPresence } from '../../../functions/attendance/read-presence.ts';
import { readPupilAttendance } from '../../../functions/attendance/read-pupil-attendance.ts';
import { readRegister } from '../../../functions/attendance/read-register.ts';
import { reopenStay } from '../../../functions/attendance/reopen-stay.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { undoStay } from '../../../functions/attendance/undo-stay.ts';
import { factsOf } from '../../../shared/attendance/half-days.ts';
import type { Caller } from '../../../shared/kernel/index.ts';
import {
  aSchool,
  BRUN,
  brun,
  FERRAND,
  FRENCH,
  ferrand,
  HISTORY,
  LEA,
  MATHS,
  mum,
  request,
  SPORT,
  TODAY,
  TOM,
  UAI,
  vasseur,
} from './a-school.ts';
import { dayOf } from './an-absence.ts';

const lea = { uai: UAI, date: TODAY, pupilId: LEA };
type Body = Parameters<typeof noteStay>[0]['body'];

/** It is 9:40 in maths; Léa does not feel well. */
const inMaths = (at = '09:40') => {
  const school = aSchool(`${TODAY}T${at}`);
  const send = (body: Partial<Body> = {}, caller: Caller = ferrand, pupilId = LEA, key?: string) =>
    noteStay(
      {
        params: { ...lea, pupilId },
        caller,
        ...request({ place: 'infirmary', fromMinute: 580, lessonId: MATHS, ...body } as Body, key),
      },
      school.ports,
    );
  const end = (stayId: string, to: 'class' | 'family', minute: number, caller: Caller = brun) =>
    endStay(
      { params: { ...lea, stayId }, caller, ...request({ to, minute, ...(caller.door === 'teacher' && { lessonId: MATHS }) }) },
      school.ports,
    );
  const call = (lessonId: string, state: 'present' | 'absent' | 'elsewhere', caller: Caller = ferrand) =>
    saveRollCall(
      {
        params: { uai: UAI, date: TODAY, lessonId },
        caller,
        ...request({
          state: 'done' as const,
          basedOn: 0,
          marks: state === 'present' ? [] : [{ pupilId: LEA, state }],
          added: [],
          removed: [],
        }),
      },
      school.ports,
    );
  const sheet = async (lessonId: string) =>
    (
      await readLessonSheet({ params: { uai: UAI, date: TODAY, lessonId }, caller: ferrand, ...request(undefined) }, school.ports)
    ).roster.find(({ pupilId }) => pupilId === LEA);
  const place = async () =>
    (await readPresence({ params: { uai: UAI, date: TODAY } }, school.ports)).pupils.find(({ pupilId }) => pupilId === LEA);
  const list = async () => (await listStays({ params: { uai: UAI, date: TODAY } }, school.ports)).stays;
  return { school, send, end, call, sheet, place, list, clock: school.clock };
};

describe('a stay at the infirmary', () => {
  it('is noted by the teacher from their lesson, once for each key, and seen by school life with where from and since when', async () => {
    const { send, list } = inMaths();
    const noted = await send({}, ferrand, LEA, 'attempt-000000000001');
    expect(await send({}, ferrand, LEA, 'attempt-000000000001')).toEqual(noted);
    expect(noted).toEqual({ stayId: noted.stayId, place: 'infirmary', fromMinute: 580 });
    expect(await list()).toMatchObject([
      {
        pupil: { pupilId: LEA },
        place: 'infirmary',
        fromMinute: 580,
        lesson: { subject: 'Mathématiques' },
        by: 'M. Ferrand',
        now: { subject: 'Mathématiques' },
      },
    ]);
  });

  it('prefills the next lesson with where they are, and shows them there on the evacuation sheet', async () => {
    const { send, call, sheet, place, clock } = inMaths();
    await call(MATHS, 'present');
    await send();
    clock.set(`${TODAY}T10:05`);
    expect(await sheet(SPORT)).toMatchObject({
      known: { state: 'elsewhere', place: 'infirmary', source: 'school-life' },
      stay: { place: 'infirmary', fromMinute: 580 },
    });
    expect(await place()).toMatchObject({ state: 'elsewhere', word: { place: 'infirmary', minute: 580 } });
  });

  it('is no absence, whatever a teacher marks meanwhile: nothing is told, counted or registered', async () => {
    const { school, send, call, place, clock } = inMaths();
    await call(MATHS, 'present');
    await send();
    clock.set(`${TODAY}T10:20`);
    expect(await call(SPORT, 'absent')).not.toHaveProperty('tellAt');
    const day = dayOf(school, LEA);
    expect(day.episodes).toEqual([]);
    expect(day.absences).toEqual([]);
    expect(factsOf(day).missed).toEqual([]);
    expect(await place()).toMatchObject({ state: 'elsewhere' });
    const family = await readPupilAttendance({ params: lea, caller: mum, ...request(undefined) }, school.ports);
    expect(family.today.lessons.find(({ lessonId }) => lessonId === SPORT)).toMatchObject({ state: 'elsewhere' });
    const groupId = school.lessons[0]?.groupIds[0] ?? '';
    const register = await readRegister({ params: { uai: UAI, groupId, date: TODAY } }, school.ports);
    expect(JSON.stringify(register.pupils.find(({ pupilId }) => pupilId === LEA))).not.toContain('absent');
  });

  it('puts right an absence that was told before anybody knew where they were', async () => {
    const { school, send, call, clock } = inMaths();
    clock.set(`${TODAY}T10:20`);
    await call(SPORT, 'absent');
    expect(dayOf(school, LEA).episodes).toMatchObject([{ state: 'open' }]);
    await send({ fromMinute: 595 }, brun);
    expect(dayOf(school, LEA).episodes).toMatchObject([{ state: 'not-absent' }]);
  });

  it('was none where they never went: what was marked absent in it counts again', async () => {
    const { school, send, call, clock } = inMaths();
    const { stayId } = await send();
    clock.set(`${TODAY}T10:20`);
    await call(SPORT, 'absent');
    const undo = (caller: Caller) => undoStay({ params: { ...lea, stayId }, caller }, school.ports);
    await expect(undo(vasseur)).rejects.toMatchObject({ kind: 'missing' });
    expect(await undo(brun)).toEqual(await undo(brun));
    expect(dayOf(school, LEA).episodes).toMatchObject([{ state: 'open' }]);
  });

  it('ends back in class: from then on a mark counts, and they are present', async () => {
    const { school, send, end, call, place, sheet, clock } = inMaths('09:50');
    const { stayId } = await send();
    expect(await end(stayId, 'class', 588, ferrand)).toMatchObject({ stayId });
    await end(stayId, 'class', 588);
    expect(dayOf(school, LEA).stays?.[0]?.ends).toHaveLength(1);
    expect(await place()).toMatchObject({ state: 'present' });
    await expect(end(stayId, 'family', 589)).rejects.toMatchObject({ code: 'attendance.stay-ended' });
    clock.set(`${TODAY}T10:20`);
    expect(await sheet(SPORT)).not.toHaveProperty('stay');
    await call(SPORT, 'absent');
    expect(dayOf(school, LEA).episodes).toMatchObject([{ state: 'open', seenBefore: true }]);
  });

  it('ends by itself when they are seen in class again', async () => {
    const { send, call, list, clock } = inMaths();
    await send();
    clock.set(`${TODAY}T10:05`);
    await call(SPORT, 'present');
    expect(await list()).toMatchObject([{ untilMinute: 600 }]);
    clock.set(`${TODAY}T10:50`);
    await expect(send({ fromMinute: 640, lessonId: SPORT })).resolves.toMatchObject({ fromMinute: 640 });
    expect((await list()).map(({ fromMinute }) => fromMinute)).toEqual([640, 580]);
  });

  it('ends with the family: an exit is noted with it, and taken back with it', async () => {
    const { school, send, end, sheet, place } = inMaths('10:05');
    const { stayId } = await send({ fromMinute: 600, lessonId: SPORT });
    await expect(end(stayId, 'family', 604, ferrand)).rejects.toMatchObject({ kind: 'forbidden' });
    await end(stayId, 'family', 604);
    expect(dayOf(school, LEA).movements).toMatchObject([{ kind: 'left', minute: 604, by: BRUN }]);
    expect(await sheet(HISTORY)).toMatchObject({ known: { state: 'excused' } });
    expect(await place()).toMatchObject({ state: 'out' });
    const reopen = () => reopenStay({ params: { ...lea, stayId }, caller: brun }, school.ports);
    expect(await reopen()).toEqual(await reopen());
    expect(dayOf(school, LEA).movements[0]).toMatchObject({ undone: { by: BRUN } });
    expect(await place()).toMatchObject({ state: 'elsewhere' });
  });

  it('shows school life alone that somebody was sent out, and why', async () => {
    const { send, sheet, list, school } = inMaths();
    await send({ place: 'office', excluded: true, text: 'A lancé une équerre' });
    expect(await list()).toMatchObject([{ place: 'office', excluded: true, text: 'A lancé une équerre' }]);
    school.clock.set(`${TODAY}T10:05`);
    const read = JSON.stringify(await sheet(SPORT));
    expect(read).toContain('office');
    expect(read).not.toMatch(/équerre|excluded/);
    const family = JSON.stringify(await readPupilAttendance({ params: lea, caller: mum, ...request(undefined) }, school.ports));
    expect(family).not.toMatch(/équerre|excluded|office|infirmary/);
  });

  it('is refused twice at once, before it began, and from a lesson or of a pupil that is not theirs', async () => {
    const { send } = inMaths();
    await expect(send({ fromMinute: 590 })).rejects.toMatchObject({ code: 'attendance.stay-in-future' });
    await expect(send({ lessonId: undefined })).rejects.toMatchObject({ code: 'attendance.lesson-not-named' });
    await expect(send({ lessonId: FRENCH }, vasseur)).rejects.toMatchObject({ kind: 'missing' });
    await expect(send({}, ferrand, TOM)).rejects.toMatchObject({ code: 'attendance.pupil-outside-lesson' });
    await expect(send({}, ferrand, FERRAND)).rejects.toMatchObject({ code: 'attendance.pupil-outside-lesson' });
    await send({ lessonId: undefined }, brun);
    await expect(send()).rejects.toMatchObject({ code: 'attendance.staying-already' });
  });
});
