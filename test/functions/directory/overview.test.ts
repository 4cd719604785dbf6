import { expect, it } from 'vitest';
import { overview } from '../../../functions/directory/overview.ts';
import { recordActivation } from '../../../functions/directory/record-activation.ts';
import { overview as route } from '../../../shared/directory/routes.ts';
import { UAI } from './imports/job-double.ts';
import { callerWith, input, scene, staff } from './scene.ts';

it('counts the people loaded and activated of the schools it oversees, and names nobody', async () => {
  const school = await scene();
  const { personId } = school.person('Claire MARTIN');
  await recordActivation({ uai: UAI, personId, accountId: personId, at: '2026-09-15T08:00:00.000Z' }, school.ports);
  const answer = route.answer.parse(await overview(input(staff('office', 'authority'), {}, { query: {} }), school.ports));
  expect(answer.schools).toMatchObject([
    { uai: UAI, loaded: { pupil: 3, guardian: 4, teacher: 0, staff: 0 }, activated: { pupil: 0, guardian: 1 } },
  ]);
  expect(JSON.stringify(answer)).not.toContain('MARTIN');
});

it('shows nothing to an authority that oversees no school', async () => {
  const school = await scene();
  const { card } = staff('office', 'authority');
  expect(await overview(input(callerWith({ ...card, oversees: [] }), {}, { query: {} }), school.ports)).toEqual({ schools: [] });
});
