import { expect, it } from 'vitest';
import { pupilFile } from '../../../functions/directory/pupil-file.ts';
import { suspendGuardian } from '../../../functions/directory/suspend-guardian.ts';
import { pupilFile as route } from '../../../shared/directory/routes.ts';
import { UAI } from './imports/job-double.ts';
import { again, GUARDIANS, input, PUPILS, scene, staff } from './scene.ts';

it('shows guardians with level, telephone and whether they are told', async () => {
  const school = await scene();
  const params = { uai: UAI, pupilId: school.person('Ana SILVA').personId };
  const file = route.answer.parse(await pupilFile(input(staff(), params), school.ports));
  expect(file.pupil).toMatchObject({ givenName: 'Ana', classLabel: '5 B', adult: false });
  expect(file.guardians).toMatchObject([
    { givenName: 'Rosa', level: 1, told: true, phones: [{ kind: 'mobile' }], activated: false },
    { givenName: 'Jo', level: 3, told: false },
  ]);
});

it('shows a suspension, and that the guardian is not told', async () => {
  const school = await scene();
  const pupilId = school.person('Ana SILVA').personId;
  await suspendGuardian(
    input(staff(), { uai: UAI, pupilId, guardianId: school.person('Rosa SILVA').personId }, { body: {} }),
    school.ports,
  );
  const file = await pupilFile(input(staff(), { uai: UAI, pupilId }), school.ports);
  expect(file.guardians[0]).toMatchObject({ givenName: 'Rosa', told: false, restriction: { from: '2026-09-15' } });
});

it('has no file of a pupil who left, of a guardian or of another school’s pupil', async () => {
  const school = await scene();
  const ana = school.person('Ana SILVA').personId;
  const rosa = school.person('Rosa SILVA').personId;
  for (const params of [
    { uai: UAI, pupilId: rosa },
    { uai: '0750001A', pupilId: ana },
  ])
    await expect(pupilFile(input(staff(), params), school.ports)).rejects.toMatchObject({ code: 'request.not-found' });
  await again(school, PUPILS.slice(0, 2), GUARDIANS);
  await expect(pupilFile(input(staff(), { uai: UAI, pupilId: ana }), school.ports)).rejects.toMatchObject({ code: 'request.not-found' });
});

it('costs two requests, however many guardians there are', async () => {
  const school = await scene();
  school.directory.forget();
  await pupilFile(input(staff(), { uai: UAI, pupilId: school.person('Ana SILVA').personId }), school.ports);
  expect(school.directory.consumed().map(({ kind, requests }) => [kind, requests])).toEqual([
    ['query', 1],
    ['batch', 1],
  ]);
});
