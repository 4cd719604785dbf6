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
  expect(await names({ door: 'guardian', groupId })).toEqual(['Claire', 'Paul', 'Rosa']);
  expect(await names({ door: 'teacher', groupId })).toEqual([]);
});

it('names no guardian who would see nobody: a contact, or one kept away from their only child', async () => {
  const school = await scene();
  const guardians = async () => (await answerPeopleAt({ uai: UAI, door: 'guardian', limit: 100 }, school.ports)).people;
  const names = async () => (await guardians()).map(({ givenName }) => givenName);
  expect(await names()).toContain('Rosa');
  expect(await names()).not.toContain('Jo');
  const jo = school.directory.items('person').find(({ givenName }) => givenName === 'Jo');
  if (!jo) throw new Error('Jo is at no school');
  await school.directory.write({ put: 'person', item: { ...jo, accountId: jo.personId } });
  expect(await names()).toContain('Jo');
});
