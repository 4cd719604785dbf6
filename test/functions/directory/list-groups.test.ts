import { expect, it } from 'vitest';
import { listGroups } from '../../../functions/directory/list-groups.ts';
import { UAI } from './imports/job-double.ts';
import { input, scene, staff } from './scene.ts';

it('lists classes with their size, and reads no list of pupils for it', async () => {
  const school = await scene();
  school.directory.forget();
  const { groups } = await listGroups(input(staff(), { uai: UAI }), school.ports);
  expect(groups.map(({ label, kind, size }) => [label, kind, size])).toEqual([
    ['4 A', 'class', 1],
    ['5 B', 'class', 2],
  ]);
  expect(school.directory.consumed()).toMatchObject([{ kind: 'query', readUnits: 1 }]);
});
