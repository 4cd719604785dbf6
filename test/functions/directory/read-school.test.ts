import { expect, it } from 'vitest';
import { readSchool } from '../../../functions/directory/read-school.ts';
import { readSchool as route } from '../../../shared/directory/routes.ts';
import { UAI } from './imports/job-double.ts';
import { input, scene, staff } from './scene.ts';

it('shows the school, its settings and its last import', async () => {
  const school = await scene();
  const answer = route.answer.parse(await readSchool(input(staff(), { uai: UAI }), school.ports));
  expect(answer).toMatchObject({
    name: 'Collège d’essai',
    year: 2026,
    lastImportAt: '2026-09-15T08:05:00.000Z',
    settings: { graceMinutes: 10 },
  });
  await expect(readSchool(input(staff(), { uai: '0750001A' }), school.ports)).rejects.toMatchObject({ code: 'request.not-found' });
});
