import { expect, it } from 'vitest';
import { answerGuardiansToTell } from '../../../functions/directory/answer-guardians-to-tell.ts';
import { recordRefusal } from '../../../functions/directory/record-refusal.ts';
import { UAI } from './imports/job-double.ts';
import { GUARDIANS, input, PUPILS, scene, staff } from './scene.ts';

it('keeps from the parents what a pupil of age refused in writing', async () => {
  const school = await scene(
    PUPILS.map((pupil) => (pupil.id === '102' ? { ...pupil, birth: '05/06/2008' } : pupil)),
    GUARDIANS,
  );
  const pupilId = school.person('Tom MARTIN').personId;
  const told = () => answerGuardiansToTell({ uai: UAI, pupilIds: [pupilId], on: '2026-09-15' }, school.ports);
  expect(await told()).toMatchObject([{ pupil: { adult: true }, guardians: [{}, {}] }]);
  await recordRefusal(input(staff(), { uai: UAI, pupilId }, { body: { refuses: true } }), school.ports);
  expect(await told()).toMatchObject([{ pupil: { adult: true }, guardians: [] }]);
});

it('refuses it of a pupil who is not of age', async () => {
  const school = await scene();
  const params = { uai: UAI, pupilId: school.person('Léa MARTIN').personId };
  await expect(recordRefusal(input(staff(), params, { body: { refuses: true } }), school.ports)).rejects.toMatchObject({
    code: 'directory.not-of-age',
  });
});
