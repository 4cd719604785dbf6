import { describe, expect, it } from 'vitest';
import { justifyAbsence } from '../../../functions/attendance/justify-absence.ts';
import { listUntreated } from '../../../functions/attendance/list-untreated.ts';
import { logAction } from '../../../functions/attendance/log-action.ts';
import { noteMovement } from '../../../functions/attendance/note-movement.ts';
import { onPupilDayChanged } from '../../../functions/attendance/on-pupil-day-changed.ts';
import { treatAbsences } from '../../../functions/attendance/treat-absences.ts';
import { aSchool, brun, FRENCH, HISTORY, LEA, MATHS, MUM, mum, NOA, request, TODAY, UAI, ZOE } from './a-school.ts';
import { dayOf, itemOf, missed } from './an-absence.ts';

type School = ReturnType<typeof aSchool>;
const queue = (school: School, query: Parameters<typeof listUntreated>[0]['query'] = {}) =>
  listUntreated({ params: { uai: UAI }, query }, school.ports);

describe('the queue of school life', () => {
  it('is empty, then holds who is missing, in one query of its index and one of the month', async () => {
    const school = aSchool();
    expect(await queue(school)).toMatchObject({ total: 0, absences: [] });
    await missed(school, [LEA]);
    school.store.forget();
    expect(await queue(school)).toMatchObject({
      total: 1,
      withoutReason: 1,
      absences: [{ pupilId: LEA, familyName: 'Éluard', going: true, halfDays: ['morning'], urgency: 'without-reason' }],
    });
    expect(school.store.consumed().map(({ kind }) => kind)).toEqual(['query', 'get', 'query']);
  });

  it('puts who was seen and is gone on top, then who did not know, then who has no reason, then who answered', async () => {
    const school = aSchool(`${TODAY}T11:20`);
    await missed(school, [LEA, NOA]);
    await missed(school, [ZOE, NOA, LEA], HISTORY);
    const episodeId = dayOf(school, LEA).episodes[0]?.episodeId as string;
    const say = (reason: 'unknown' | 'illness') =>
      justifyAbsence(
        { params: { uai: UAI, date: TODAY, pupilId: LEA }, caller: mum, ...request({ episodeId, reason, withProof: false }) },
        school.ports,
      );
    const order = async () => (await queue(school)).absences.map(({ pupilId, urgency }) => [pupilId, urgency]);
    expect(await order()).toEqual([
      [ZOE, 'seen-then-gone'],
      [LEA, 'without-reason'],
      [NOA, 'without-reason'],
    ]);
    await say('unknown');
    expect((await order()).slice(0, 2)).toEqual([
      [ZOE, 'seen-then-gone'],
      [LEA, 'did-not-know'],
    ]);
    await say('illness');
    expect(await order()).toEqual([
      [ZOE, 'seen-then-gone'],
      [NOA, 'without-reason'],
      [LEA, 'answered'],
    ]);
    expect((await queue(school)).absences.at(-1)).toMatchObject({
      proposed: 'r_illness',
      answers: [{ guardian: { personId: MUM } }, { reason: 'illness' }],
    });
  });

  it('leaves out what is settled and what was a lateness, keeps what is awaited at the end', async () => {
    const school = aSchool();
    await missed(school, [LEA, NOA, ZOE]);
    const treat = (pupilId: string, reasonId: string) =>
      treatAbsences(
        { params: { uai: UAI }, caller: brun, ...request({ items: [itemOf(school, pupilId)], reasonId, untilSeen: false }) },
        school.ports,
      );
    await treat(LEA, 'r_illness');
    await treat(NOA, 'r_awaiting');
    expect(await queue(school)).toMatchObject({
      total: 2,
      withoutReason: 1,
      toSettle: 1,
      absences: [{ pupilId: ZOE }, { pupilId: NOA, urgency: 'to-settle', treatment: { label: 'Motif à préciser' } }],
    });
    expect((await queue(school, { show: 'to-settle' })).absences).toMatchObject([{ pupilId: NOA }]);
    expect((await queue(school, { show: 'without-reason' })).absences).toMatchObject([{ pupilId: ZOE }]);
    await noteMovement(
      { params: { uai: UAI, date: TODAY, pupilId: ZOE }, caller: brun, ...request({ kind: 'arrived', minute: 560 }) },
      school.ports,
    );
    expect((await queue(school)).absences).toMatchObject([{ pupilId: NOA }]);
  });

  it('raises who is one half-day short of the commission éducative', async () => {
    const school = aSchool();
    await missed(school, [LEA, NOA]);
    const payload = { uai: UAI, date: TODAY, pupilId: NOA, revision: 1 };
    await onPupilDayChanged({ name: 'attendance.pupil-day-changed', payload }, school.ports);
    const order = async () => (await queue(school)).absences.map(({ pupilId, urgency, month }) => [pupilId, urgency, month]);
    expect(await order()).toEqual([
      [LEA, 'without-reason', { halfDaysWithoutReason: 0, threshold: 4 }],
      [NOA, 'without-reason', { halfDaysWithoutReason: 1, threshold: 4 }],
    ]);
    school.settings.settings.commissionHalfDays = 2;
    expect((await order())[0]).toEqual([NOA, 'threshold-near', { halfDaysWithoutReason: 1, threshold: 2 }]);
  });

  it('says what is known and what was done, and turns its pages', async () => {
    const school = aSchool();
    const at = { uai: UAI, date: TODAY, pupilId: LEA };
    await noteMovement(
      { params: at, caller: brun, ...request({ kind: 'announced', minute: 0, announcedBy: MUM, reason: 'transport' as const }) },
      school.ports,
    );
    await missed(school, [LEA, NOA], FRENCH);
    await logAction({ params: at, caller: brun, ...request({ kind: 'left-message' }) }, school.ports);
    const first = await queue(school, { limit: 1 });
    expect(first).toMatchObject({ total: 2, next: 1, absences: [{ pupilId: NOA }] });
    const second = await queue(school, { from: 1, limit: 1 });
    expect(second).toMatchObject({
      absences: [
        {
          pupilId: LEA,
          urgency: 'known',
          known: { source: 'family', reason: 'transport' },
          proposed: 'r_transport-accident',
          lastAction: { kind: 'left-message' },
        },
      ],
    });
    expect('next' in second).toBe(false);
  });

  it('takes an absence up again when a lesson more is missed', async () => {
    const school = aSchool();
    await missed(school, [LEA], FRENCH);
    await treatAbsences(
      { params: { uai: UAI }, caller: brun, ...request({ items: [itemOf(school, LEA)], reasonId: 'r_appointment', untilSeen: false }) },
      school.ports,
    );
    expect((await queue(school)).total).toBe(0);
    await missed(school, [LEA], MATHS);
    expect((await queue(school)).absences).toMatchObject([{ pupilId: LEA, treatment: { reasonId: 'r_appointment' } }]);
  });
});
