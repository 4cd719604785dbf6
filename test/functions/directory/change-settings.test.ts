import { expect, it } from 'vitest';
import { answerSchool } from '../../../functions/directory/answer-school.ts';
import { changeSettings } from '../../../functions/directory/change-settings.ts';
import { UAI } from './imports/job-double.ts';
import { input, scene, staff } from './scene.ts';

it('changes what is given and keeps the rest', async () => {
  const school = await scene();
  await changeSettings(input(staff(), { uai: UAI }, { body: { graceMinutes: 0, schoolLifeEmail: 'vs@example.org' } }), school.ports);
  await changeSettings(input(staff(), { uai: UAI }, { body: { tellsLevelTwo: false } }), school.ports);
  expect(await answerSchool({ uai: UAI }, school.ports)).toMatchObject({
    schoolLifeEmail: 'vs@example.org',
    settings: { graceMinutes: 0, tellsLevelTwo: false, notBeforeMinutes: 15 },
  });
});
