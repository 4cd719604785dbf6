import { expect, it } from 'vitest';
import { answerPeopleAt } from '../../../functions/directory/answer-people-at.ts';
import { UAI } from './imports/job-double.ts';
import { scene } from './scene.ts';

it('lists a door, a class, or the guardians of a class', async () => {
  const school = await scene();
  const groupId = school.directory.items('group').find(({ label }) => label === '5 B')?.groupId;
  const names = async (question: { door: 'pupil' | 'guardian' | 'teacher'; groupId?: string | undefined }) =>
    (await answerPeopleAt({ uai: UAI, limit: 100, ...question }, school.ports)).people.map(({ givenName }) => givenName);
  expect(await names({ door: 'pupil' })).toEqual(['Léa', 'Tom', 'Ana']);
  expect(await names({ door: 'pupil', groupId })).toEqual(['Léa', 'Ana']);
  expect(await names({ door: 'guardian', groupId })).toEqual(['Claire', 'Paul', 'Jo', 'Rosa']);
  expect(await names({ door: 'teacher', groupId })).toEqual([]);
});
