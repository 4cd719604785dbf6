import { describe, expect, it } from 'vitest';
import { announceAbsence } from '../../../functions/attendance/announce-absence.ts';
import { undoMovement } from '../../../functions/attendance/undo-movement.ts';
import { aSchool, brun, callerAt, LEA, mum, OTHER_UAI, request, TODAY, UAI } from './a-school.ts';

describe('taking back what the desk noted', () => {
  it('takes back what a guardian announced for the day, and keeps that it was said', async () => {
    const { ports, store } = aSchool();
    const body = { from: TODAY, until: TODAY };
    const { announcementId } = await announceAbsence({ params: { uai: UAI, pupilId: LEA }, caller: mum, ...request(body) }, ports);
    const params = { uai: UAI, date: TODAY, pupilId: LEA, movementId: announcementId };
    await undoMovement({ params, caller: brun, ...request(undefined) }, ports);
    expect(store.items('pupilDay')[0]?.movements).toMatchObject([{ kind: 'announced', undone: { by: brun.personId } }]);
  });

  it('is missing for someone of another school', async () => {
    const { ports, store } = aSchool();
    const params = { uai: UAI, date: TODAY, pupilId: LEA, movementId: 'm_unknown01' };
    const stranger = callerAt('staff', 'p_stranger', { uai: OTHER_UAI, duties: ['school-life'] });
    await expect(undoMovement({ params, caller: stranger, ...request(undefined) }, ports)).rejects.toMatchObject({ kind: 'missing' });
    expect(store.items()).toEqual([]);
  });
});
