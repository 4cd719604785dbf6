import { expect, it } from 'vitest';
import { openSchool } from '../../../functions/directory/open-school.ts';
import { UAI } from './imports/job-double.ts';
import { scene } from './scene.ts';

it('opens a school once, and later changes only what is said', async () => {
  const school = await scene();
  expect(await openSchool({ uai: '0750001A', name: 'Autre' }, school.ports)).toMatchObject({ settings: { graceMinutes: 10 } });
  const changed = await openSchool({ uai: UAI, name: 'Collège Simone', city: 'Rennes' }, school.ports);
  expect(changed).toMatchObject({ name: 'Collège Simone', city: 'Rennes', year: 2026 });
});

it('takes an académie by its name, and refuses one that nobody knows', async () => {
  const school = await scene();
  expect(await openSchool({ uai: UAI, name: 'Collège', academy: 'Rennes' }, school.ports)).toMatchObject({ academy: '14' });
  await expect(openSchool({ uai: UAI, name: 'Collège', academy: 'Atlantide' }, school.ports)).rejects.toMatchObject({
    code: 'directory.academy-unknown',
  });
});
