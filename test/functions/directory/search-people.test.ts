import { expect, it } from 'vitest';
import { searchPeople } from '../../../functions/directory/search-people.ts';
import { searchPeople as route } from '../../../shared/directory/routes.ts';
import { UAI } from './imports/job-double.ts';
import { again, GUARDIANS, input, PUPILS, scene, staff } from './scene.ts';

const search = async (school: Awaited<ReturnType<typeof scene>>, query: Record<string, unknown>, uai = UAI) =>
  searchPeople(input(staff(), { uai }, { query: route.query.parse(query) }), school.ports);
const names = ({ people }: Awaited<ReturnType<typeof search>>) => people.map(({ givenName }) => givenName);

it('finds by the beginning of a name, without accents or capitals', async () => {
  const school = await scene();
  expect(names(await search(school, { name: 'mart' }))).toEqual(['Léa', 'Tom']);
  expect(names(await search(school, { name: 'Martin lé' }))).toEqual(['Léa']);
  expect(names(await search(school, { name: 'mart', door: 'guardian' }))).toEqual(['Claire', 'Paul']);
  expect(names(await search(school, { name: 'zz' }))).toEqual([]);
});

it('lists everybody page by page', async () => {
  const school = await scene();
  const first = await search(school, { limit: '2' });
  expect(names(first)).toEqual(['Léa', 'Tom']);
  expect(names(await search(school, { limit: '2', cursor: first.cursor }))).toEqual(['Ana']);
});

it('lists the pupils of a class', async () => {
  const school = await scene();
  const [group] = school.directory.items('group').filter(({ label }) => label === '5 B');
  expect(names(await search(school, { groupId: group?.groupId }))).toEqual(['Léa', 'Ana']);
});

it('shows nobody of another school, nor who left', async () => {
  const school = await scene();
  expect(names(await search(school, { name: 'mart' }, '0750001A'))).toEqual([]);
  await again(school, PUPILS.slice(0, 2), GUARDIANS);
  expect(names(await search(school, { name: 'silva' }))).toEqual([]);
});

it('lets a teacher look for a pupil, and for nobody else', async () => {
  const school = await scene();
  const teacher = (query: Record<string, unknown>) =>
    searchPeople(input({ ...staff(), door: 'teacher' }, { uai: UAI }, { query: route.query.parse(query) }), school.ports);
  expect(names(await teacher({ name: 'mart' }))).toEqual(['Léa', 'Tom']);
  await expect(teacher({ name: 'mart', door: 'guardian' })).rejects.toMatchObject({ code: 'request.forbidden' });
});
