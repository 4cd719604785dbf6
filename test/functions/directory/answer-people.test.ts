import { expect, it } from 'vitest';
import { answerPeople } from '../../../functions/directory/answer-people.ts';
import { UAI } from './imports/job-double.ts';
import { scene } from './scene.ts';

it('answers records by id and leaves out unknown ones and those of other schools', async () => {
  const school = await scene();
  const { personId } = school.person('Léa MARTIN');
  expect(
    (await answerPeople({ uai: UAI, personIds: [personId, personId, 'p_unknown000'] }, school.ports)).map(({ givenName }) => givenName),
  ).toEqual(['Léa']);
  expect(await answerPeople({ uai: '0750001A', personIds: [personId] }, school.ports)).toEqual([]);
});
