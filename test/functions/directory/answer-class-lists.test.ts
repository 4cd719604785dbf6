import { expect, it } from 'vitest';
import { answerClassLists } from '../../../functions/directory/answer-class-lists.ts';
import { UAI } from './imports/job-double.ts';
import { scene } from './scene.ts';

it('answers every list of a school, past memberships included, and none of another’s', async () => {
  const school = await scene();
  const rosters = school.directory.items('roster');
  const first = await answerClassLists({ uai: UAI }, school.ports);
  expect(first.cursor).toBeUndefined();
  expect(first.lists).toEqual(rosters.map(({ uai, groupId, label, pupils }) => ({ uai, groupId, label, pupils })));
  expect(first.lists.length).toBeGreaterThan(0);
  expect(await answerClassLists({ uai: '0690002B' }, school.ports)).toEqual({ lists: [] });
});
