import { describe, expect, it } from 'vitest';
import { me } from '../../../functions/directory/me.ts';
import { me as route } from '../../../shared/directory/routes.ts';
import { directoryDouble, edtFixture, hasFixtures, UAI } from './imports/job-double.ts';
import { callerOf, input, scene, staff } from './scene.ts';

describe('who the caller is', () => {
  it('shows a guardian their children by birth, with class and colour, and the civil time', async () => {
    const school = await scene();
    school.clock.moveCivil(3_600_000);
    const answer = route.answer.parse(
      await me(input(await callerOf(school, school.person('Claire MARTIN').personId), {}, { query: {} }), school.ports),
    );
    expect(answer).toMatchObject({ door: 'guardian', givenName: 'Claire', familyName: 'MARTIN', now: '2026-09-15T09:05:00.000Z' });
    expect(answer.schools).toMatchObject([{ uai: UAI, name: 'Collège d’essai', today: '2026-09-15' }]);
    expect(answer.children.map(({ givenName, classLabel, colour }) => [givenName, classLabel, colour])).toEqual([
      ['Tom', '4 A', 1],
      ['Léa', '5 B', 2],
    ]);
  });

  it('shows a contact of level 3 no child', async () => {
    const school = await scene();
    const answer = await me(input(await callerOf(school, school.person('Jo SILVA').personId), {}, { query: {} }), school.ports);
    expect(answer.children).toEqual([]);
  });

  it('shows a pupil their class', async () => {
    const school = await scene();
    const answer = await me(input(await callerOf(school, school.person('Léa MARTIN').personId), {}, { query: {} }), school.ports);
    expect(answer).toMatchObject({ door: 'pupil', groups: [{ kind: 'class', label: '5 B' }], children: [] });
  });

  it('shows an authority the schools it oversees', async () => {
    const school = await scene();
    const answer = await me(input(staff('office', 'authority'), {}, { query: {} }), school.ports);
    expect(answer.schools.map(({ uai }) => uai)).toEqual([UAI]);
  });

  it('costs at most three batches, however many children', async () => {
    const school = await scene();
    const caller = await callerOf(school, school.person('Claire MARTIN').personId);
    school.directory.forget();
    await me(input(caller, {}, { query: {} }), school.ports);
    expect(school.directory.consumed().map(({ kind, requests }) => [kind, requests])).toEqual([
      ['batch', 1],
      ['batch', 1],
    ]);
  });

  it.skipIf(!hasFixtures)(
    'shows a teacher their classes and groups by label, without reading a list (skipped without the public fixtures)',
    async () => {
      const school = directoryDouble();
      await school.open();
      await school.confirm(await school.inspect({ 'edt.xml': edtFixture() }));
      const teacher = school.directory.items('person').find(({ door, taught }) => door === 'teacher' && taught.length > 3);
      const caller = await callerOf(school, teacher?.personId ?? '');
      school.directory.forget();
      const answer = await me(input(caller, {}, { query: {} }), school.ports);
      expect(answer.groups.map(({ groupId }) => groupId).sort()).toEqual([...(teacher?.groups ?? [])]);
      expect(school.directory.consumed().reduce((sum, { readUnits }) => sum + readUnits, 0)).toBeLessThanOrEqual(4);
    },
  );
});
