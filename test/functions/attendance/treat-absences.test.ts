import { describe, expect, it } from 'vitest';
import { treatAbsences } from '../../../functions/attendance/treat-absences.ts';
import { Failure } from '../../../shared/kernel/index.ts';
import { aSchool, brun, callerAt, FRENCH, HISTORY, LEA, MATHS, NOA, OTHER_UAI, request, TODAY, UAI, ZOE } from './a-school.ts';
import { dayOf, itemOf, missed } from './an-absence.ts';

type Body = Omit<Parameters<typeof treatAbsences>[0]['body'], 'untilSeen'> & { untilSeen?: boolean };
const treating = (school: ReturnType<typeof aSchool>, body: Body, key?: string, caller = brun) =>
  treatAbsences({ params: { uai: UAI }, caller, ...request({ untilSeen: false, ...body }, key) }, school.ports);

describe('treating absences', () => {
  it('gives many one reason, with the reason’s own flags, and takes them off the queue', async () => {
    const school = aSchool();
    await missed(school, [LEA, NOA]);
    expect(school.store.items('pupilDay').map(({ queue }) => queue)).toEqual(['open', 'open']);
    const { results } = await treating(school, { items: [itemOf(school, LEA), itemOf(school, NOA)], reasonId: 'r_illness' });
    expect(results).toMatchObject(
      [LEA, NOA].map((pupilId) => ({
        pupilId,
        outcome: 'treated',
        treatment: { label: 'Maladie', justified: true, settled: true, by: brun.personId },
      })),
    );
    expect(school.store.items('pupilDay').map(({ queue }) => queue)).toEqual([undefined, undefined]);
  });

  it('keeps an unsettled one in the queue, and lets a person say otherwise than the reason', async () => {
    const school = aSchool();
    await missed(school, [LEA, NOA]);
    await treating(school, { items: [itemOf(school, LEA)], reasonId: 'r_awaiting' });
    expect(dayOf(school, LEA)).toMatchObject({ queue: 'open', treatments: [{ justified: false, settled: false }] });
    await treating(school, { items: [itemOf(school, NOA)], reasonId: 'r_illness', justified: false });
    expect(dayOf(school, NOA).treatments).toMatchObject([{ reasonId: 'r_illness', justified: false, settled: true }]);
  });

  it('adds a remark to what stood, and appends instead of overwriting', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    const first = await treating(school, { items: [itemOf(school, LEA)], reasonId: 'r_illness' });
    const over = first.results[0]?.treatment?.treatmentId as string;
    await treating(school, { items: [itemOf(school, LEA, over)], remark: 'Certificat vu' });
    expect(dayOf(school, LEA).treatments).toMatchObject([
      { treatmentId: over, reasonId: 'r_illness' },
      { reasonId: 'r_illness', justified: true, settled: true, remark: 'Certificat vu' },
    ]);
  });

  it('reports what somebody else treated meanwhile, and writes the others whole', async () => {
    const school = aSchool();
    await missed(school, [LEA, NOA]);
    const both = [itemOf(school, LEA), itemOf(school, NOA)];
    await treating(school, { items: [both[0] as (typeof both)[0]], reasonId: 'r_transport-accident' });
    const { results } = await treating(school, { items: both, reasonId: 'r_illness' });
    expect(results).toMatchObject([
      { outcome: 'changed', treatment: { reasonId: 'r_transport-accident' } },
      { outcome: 'treated', treatment: { reasonId: 'r_illness' } },
    ]);
    expect(dayOf(school, LEA).treatments).toHaveLength(1);
  });

  it('reads again when a roll call is saved at the same moment', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    const items = [itemOf(school, LEA)];
    const { get } = school.ports.attendance;
    let raced = false;
    const ports = {
      ...school.ports,
      attendance: {
        ...school.ports.attendance,
        get: (async (entity: 'pupilDay', key: never) => {
          const found = await get(entity, key);
          if (entity === 'pupilDay' && !raced) {
            raced = true;
            await missed(school, [LEA], FRENCH);
          }
          return found;
        }) as typeof get,
      },
    };
    const { results } = await treatAbsences(
      { params: { uai: UAI }, caller: brun, ...request({ items, reasonId: 'r_illness', untilSeen: false }) },
      ports,
    );
    expect(results).toMatchObject([{ outcome: 'treated' }]);
    expect(dayOf(school, LEA).treatments).toMatchObject([{ lessonIds: [FRENCH, MATHS] }]);
  });

  it('holds for lessons missed later only when it says so', async () => {
    for (const untilSeen of [true, false]) {
      const school = aSchool(`${TODAY}T11:20`);
      await missed(school, [ZOE]);
      await treating(school, { items: [itemOf(school, ZOE)], reasonId: 'r_illness', untilSeen });
      await missed(school, [ZOE], HISTORY);
      expect(dayOf(school, ZOE).queue).toBe(untilSeen ? undefined : 'open');
    }
  });

  it('answers a repeated key as before, writes nothing more, and refuses it for something else', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    const body = { items: [itemOf(school, LEA)], reasonId: 'r_illness' };
    const first = await treating(school, body, 'attempt-000000000001');
    expect(await treating(school, body, 'attempt-000000000001')).toEqual(first);
    expect(dayOf(school, LEA).treatments).toHaveLength(1);
    await expect(treating(school, { ...body, reasonId: 'r_none' }, 'attempt-000000000001')).rejects.toMatchObject({
      code: 'request.idempotency-key-reused',
    });
  });

  it('does the rest once when it broke off in between', async () => {
    const school = aSchool();
    await missed(school, [LEA, NOA]);
    const body = { items: [itemOf(school, LEA), itemOf(school, NOA)], reasonId: 'r_illness' };
    const { write } = school.ports.attendance;
    let writes = 0;
    const breaking: typeof write = async (...all) => {
      if (++writes > 1) throw new Failure('unavailable', 'request.unavailable');
      return write(...all);
    };
    const ports = { ...school.ports, attendance: { ...school.ports.attendance, write: breaking } };
    const given = { params: { uai: UAI }, caller: brun, ...request({ untilSeen: false, ...body }, 'attempt-000000000002') };
    await expect(treatAbsences(given, ports)).rejects.toMatchObject({ kind: 'unavailable' });
    const { results } = await treatAbsences(given, school.ports);
    expect(results.map(({ outcome }) => outcome)).toEqual(['treated', 'treated']);
    expect([LEA, NOA].map((pupilId) => dayOf(school, pupilId).treatments.length)).toEqual([1, 1]);
  });

  it('treats a lateness by its lesson', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    const { results } = await treating(school, { items: [{ date: TODAY, pupilId: LEA, lessonId: MATHS }], reasonId: 'r_overslept' });
    expect(results).toMatchObject([{ outcome: 'treated', treatment: { justified: false } }]);
  });

  it('says which are not there, and refuses a reason the school does not have', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    const gone = { date: TODAY, pupilId: NOA, absenceId: 'a_20260915-nobody00' };
    expect(await treating(school, { items: [gone], reasonId: 'r_illness' })).toEqual({ results: [{ ...gone, outcome: 'missing' }] });
    await expect(treating(school, { items: [itemOf(school, LEA)], reasonId: 'r_unheard-of' })).rejects.toMatchObject({
      code: 'attendance.reason-unknown',
    });
    const stranger = callerAt('staff', 'p_stranger', { uai: OTHER_UAI, duties: ['school-life'] });
    await expect(treating(school, { items: [itemOf(school, LEA)], reasonId: 'r_illness' }, undefined, stranger)).rejects.toMatchObject({
      kind: 'missing',
    });
    expect(dayOf(school, LEA).treatments).toEqual([]);
  });

  it('silences a message that has not left, and not what one guardian said to the other', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    expect(dayOf(school, LEA).episodes).toMatchObject([{ state: 'open' }]);
    await treating(school, { items: [itemOf(school, LEA)], reasonId: 'r_none' });
    expect(dayOf(school, LEA).episodes).toMatchObject([{ state: 'open' }]);
    const over = dayOf(school, LEA).treatments[0]?.treatmentId as string;
    await treating(school, { items: [itemOf(school, LEA, over)], reasonId: 'r_illness' });
    expect(dayOf(school, LEA).episodes).toMatchObject([{ state: 'silent' }]);
  });
});
