import { describe, expect, it } from 'vitest';
import { handleAlert } from '../../../functions/attendance/handle-alert.ts';
import { listAlerts } from '../../../functions/attendance/list-alerts.ts';
import { onPupilDayChanged } from '../../../functions/attendance/on-pupil-day-changed.ts';
import { aSchool, brun, callerAt, LEA, NOA, OTHER_UAI, request, TODAY, UAI } from './a-school.ts';
import { missed } from './an-absence.ts';

const MONTH = TODAY.slice(0, 7);
const alerted = async () => {
  const school = aSchool();
  school.settings.settings.commissionHalfDays = 1;
  await missed(school, [LEA]);
  await onPupilDayChanged(
    { name: 'attendance.pupil-day-changed', payload: { uai: UAI, date: TODAY, pupilId: LEA, revision: 1 } },
    school.ports,
  );
  const list = (uai = UAI) => listAlerts({ params: { uai, month: MONTH } }, school.ports);
  const handle = (kind: 'commission' | 'referent' = 'commission', pupilId = LEA, caller = brun) =>
    handleAlert({ params: { uai: UAI, month: MONTH, pupilId, kind }, caller, ...request(undefined) }, school.ports);
  return { school, list, handle };
};

describe('the alerts of a month', () => {
  it('are listed with what they count, in one query', async () => {
    const { school, list } = await alerted();
    school.store.forget();
    expect(await list()).toMatchObject({
      thresholds: { commission: 1, referent: 10, absences: 5, latenesses: 3 },
      pupils: [
        { pupilId: LEA, familyName: 'Éluard', counts: { halfDaysWithoutReason: 1 }, alerts: [{ kind: 'commission', state: 'raised' }] },
      ],
      near: [],
    });
    expect(school.store.consumed().map(({ kind }) => kind)).toEqual(['query']);
  });

  it('name who is one half-day short', async () => {
    const { school, list } = await alerted();
    await missed(school, [NOA, LEA], undefined, 1);
    school.settings.settings.commissionHalfDays = 2;
    await onPupilDayChanged(
      { name: 'attendance.pupil-day-changed', payload: { uai: UAI, date: TODAY, pupilId: NOA, revision: 1 } },
      school.ports,
    );
    expect((await list()).near).toMatchObject([{ pupilId: NOA, counts: { halfDaysWithoutReason: 1 } }]);
  });

  it('are dealt with once, by somebody of the school', async () => {
    const { list, handle } = await alerted();
    const done = await handle();
    expect(done).toMatchObject({ state: 'handled', count: 0, handledUntil: TODAY, handledBy: brun.personId });
    expect(await handle()).toEqual(done);
    expect((await list()).pupils).toMatchObject([{ alerts: [{ state: 'handled' }] }]);
    await expect(handle('referent')).rejects.toMatchObject({ kind: 'missing' });
    await expect(handle('commission', NOA)).rejects.toMatchObject({ kind: 'missing' });
    const stranger = callerAt('staff', 'p_stranger', { uai: OTHER_UAI, duties: ['school-life'] });
    await expect(handle('commission', LEA, stranger)).rejects.toMatchObject({ kind: 'missing' });
  });
});
