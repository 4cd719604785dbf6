import { expect, it } from 'vitest';
import { answerSchool } from '../../../functions/directory/answer-school.ts';
import { UAI } from './imports/job-double.ts';
import { scene } from './scene.ts';

it('answers a school, or that there is none', async () => {
  const school = await scene();
  expect(await answerSchool({ uai: UAI }, school.ports)).toMatchObject({ uai: UAI, timeZone: 'Europe/Paris' });
  expect(await answerSchool({ uai: '0750001A' }, school.ports)).toBeNull();
});
