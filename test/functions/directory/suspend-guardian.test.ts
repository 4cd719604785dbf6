import { describe, expect, it } from 'vitest';
import { answerGuardiansToTell } from '../../../functions/directory/answer-guardians-to-tell.ts';
import { suspendGuardian } from '../../../functions/directory/suspend-guardian.ts';
import { guards } from '../../../shared/kernel/index.ts';
import { UAI } from './imports/job-double.ts';
import { callerOf, input, scene, staff } from './scene.ts';

const TODAY = '2026-09-15';

describe('« Suspendre ce responsable »', () => {
  it('takes card and telling away in one transaction, for this child and this guardian only', async () => {
    const school = await scene();
    const [lea, tom, paul, claire] = ['Léa MARTIN', 'Tom MARTIN', 'Paul MARTIN', 'Claire MARTIN'].map(
      (name) => school.person(name).personId,
    ) as [string, string, string, string];
    const may = async (personId: string, pupilId: string) =>
      guards.holds((await callerOf(school, personId)).card, { uai: UAI, pupilId }, TODAY);
    const told = async (pupilId: string) =>
      (await answerGuardiansToTell({ uai: UAI, pupilIds: [pupilId], on: TODAY }, school.ports))[0]?.guardians
        .map(({ personId }) => personId)
        .sort();
    expect(await may(paul, lea)).toBe(true);
    school.directory.forget();

    await suspendGuardian(input(staff(), { uai: UAI, pupilId: lea, guardianId: paul }, { body: {} }), school.ports);
    expect(school.directory.consumed().filter(({ kind }) => kind === 'transaction')).toHaveLength(1);
    expect(await may(paul, lea)).toBe(false);
    expect(await told(lea)).toEqual([claire]);
    expect(await may(paul, tom)).toBe(true);
    expect(await may(claire, lea)).toBe(true);
    expect(await told(tom)).toEqual([paul, claire].sort());
    await school.settle();
    expect(school.emitted.filter(({ name }) => name === 'directory.guardian-link-changed')).toHaveLength(1);
    expect(school.log.lines().map(({ code }) => code)).toContain('guardian.suspended');
  });

  it('answers a tie of another school like one that is not there', async () => {
    const school = await scene();
    const params = { uai: '0750001A', pupilId: school.person('Léa MARTIN').personId, guardianId: school.person('Paul MARTIN').personId };
    await expect(suspendGuardian(input(staff(), params, { body: {} }), school.ports)).rejects.toMatchObject({ code: 'request.not-found' });
    const nobody = { ...params, uai: UAI, guardianId: 'p_nobody0000' };
    await expect(suspendGuardian(input(staff(), nobody, { body: {} }), school.ports)).rejects.toMatchObject({ code: 'request.not-found' });
  });
});
