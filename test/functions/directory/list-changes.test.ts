import { expect, it } from 'vitest';
import { listChanges } from '../../../functions/directory/list-changes.ts';
import { listChanges as route } from '../../../shared/directory/routes.ts';
import { UAI } from './imports/job-double.ts';
import { GUARDIANS, input, inspectAgain, PUPILS, scene, staff } from './scene.ts';

const many = Array.from({ length: 130 }, (_, index) => ({ id: `9${String(index).padStart(3, '0')}`, name: `Noé ROY${index}` }));

it('lists the differences of one kind, a hundred at a time, by name', async () => {
  const school = await scene();
  const { importId } = await inspectAgain(school, [...PUPILS, ...many], GUARDIANS);
  const list = async (query: object) =>
    route.answer.parse(
      await listChanges(
        input(staff('office'), { uai: UAI, importId }, { query: { kind: 'arrival' as const, page: 0, ...query } }),
        school.ports,
      ),
    );
  const first = await list({});
  expect([first.changes.length, first.next]).toEqual([100, 1]);
  expect(first.changes[0]).toMatchObject({ kind: 'arrival', door: 'pupil', to: '5 B' });
  const second = await list({ page: 1 });
  expect([second.changes.length, second.next]).toEqual([30, undefined]);
  expect(await list({ kind: 'departure' })).toEqual({ changes: [] });
});

it('shows no other school’s import', async () => {
  const school = await scene();
  const { importId } = await inspectAgain(school, [...PUPILS, ...many], GUARDIANS);
  const foreign = input(staff('office'), { uai: '0750001A', importId }, { query: { kind: 'arrival' as const, page: 0 } });
  await expect(listChanges(foreign, school.ports)).rejects.toMatchObject({ code: 'request.not-found' });
});
