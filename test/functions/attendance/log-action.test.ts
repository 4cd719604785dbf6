import { describe, expect, it } from 'vitest';
import { logAction } from '../../../functions/attendance/log-action.ts';
import { undoAction } from '../../../functions/attendance/undo-action.ts';
import { aSchool, brun, callerAt, FERRAND, LEA, MUM, OTHER_UAI, request, TODAY, UAI } from './a-school.ts';
import { dayOf } from './an-absence.ts';

const params = { uai: UAI, date: TODAY, pupilId: LEA };

describe('what school life did', () => {
  it('is kept with who, when and about whom, once for each key', async () => {
    const school = aSchool();
    const log = () =>
      logAction({ params, caller: brun, ...request({ kind: 'left-message', personId: MUM }, 'attempt-000000000001') }, school.ports);
    const action = await log();
    expect(await log()).toEqual(action);
    expect(dayOf(school, LEA).actions).toMatchObject([{ kind: 'left-message', personId: MUM, by: brun.personId }]);
  });

  it('is refused for a day to come, for a person who is no pupil, and by another school', async () => {
    const school = aSchool();
    const log = (over: Partial<typeof params>, caller = brun) =>
      logAction({ params: { ...params, ...over }, caller, ...request({ kind: 'called' }) }, school.ports);
    await expect(log({ date: '2026-09-16' })).rejects.toMatchObject({ code: 'attendance.action-in-future' });
    await expect(log({ pupilId: FERRAND })).rejects.toMatchObject({ kind: 'missing' });
    const stranger = callerAt('staff', 'p_stranger', { uai: OTHER_UAI, duties: ['school-life'] });
    await expect(log({}, stranger)).rejects.toMatchObject({ kind: 'missing' });
    expect(school.store.items()).toEqual([]);
  });

  it('is taken back once, and still read', async () => {
    const school = aSchool();
    const { actionId } = await logAction({ params, caller: brun, ...request({ kind: 'note', text: 'À rappeler' }) }, school.ports);
    const undo = (id: string) => undoAction({ params: { ...params, actionId: id }, caller: brun, ...request(undefined) }, school.ports);
    const undone = await undo(actionId);
    school.clock.move(60_000);
    expect(await undo(actionId)).toEqual(undone);
    expect(undone).toMatchObject({ kind: 'note', text: 'À rappeler', undone: { by: brun.personId } });
    await expect(undo('n_unknown01')).rejects.toMatchObject({ kind: 'missing' });
  });
});
