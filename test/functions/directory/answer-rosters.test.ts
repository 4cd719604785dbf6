import { expect, it } from 'vitest';
import { answerRosters } from '../../../functions/directory/answer-rosters.ts';
import { UAI } from './imports/job-double.ts';
import { scene } from './scene.ts';

it('answers who belongs to a class on a day', async () => {
  const school = await scene();
  const roster = school.directory.items('roster').find(({ label }) => label === '5 B');
  if (!roster) throw new RangeError('no class');
  const { entity: _, ...item } = roster;
  const [first, ...others] = item.pupils;
  await school.directory.write({ put: 'roster', item: { ...item, pupils: [{ ...first, until: '2026-09-20' } as never, ...others] } });
  const on = async (day: string) =>
    (await answerRosters({ uai: UAI, groupIds: [roster.groupId], on: day }, school.ports))[0]?.pupils.length;
  expect(await on('2026-09-20')).toBe(2);
  expect(await on('2026-09-21')).toBe(1);
  expect(await answerRosters({ uai: UAI, groupIds: ['g_unknown000'], on: '2026-09-20' }, school.ports)).toEqual([]);
});
