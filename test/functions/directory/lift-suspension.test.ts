import { expect, it } from 'vitest';
import { liftSuspension } from '../../../functions/directory/lift-suspension.ts';
import { suspendGuardian } from '../../../functions/directory/suspend-guardian.ts';
import { UAI } from './imports/job-double.ts';
import { input, scene, staff } from './scene.ts';

it('gives a suspended guardian the child back', async () => {
  const school = await scene();
  const params = { uai: UAI, pupilId: school.person('Léa MARTIN').personId, guardianId: school.person('Paul MARTIN').personId };
  const before = school.children('Paul MARTIN');
  await suspendGuardian(input(staff(), params, { body: {} }), school.ports);
  expect(school.children('Paul MARTIN')).toHaveLength(1);
  await liftSuspension(input(staff(), params), school.ports);
  expect(school.children('Paul MARTIN')).toEqual(before);
  expect(school.link('Paul MARTIN', 'Léa MARTIN')?.restriction).toBeUndefined();
});
