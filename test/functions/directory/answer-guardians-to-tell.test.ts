import { expect, it } from 'vitest';
import { answerGuardiansToTell } from '../../../functions/directory/answer-guardians-to-tell.ts';
import { changeSettings } from '../../../functions/directory/change-settings.ts';
import { guardiansToTell } from '../../../shared/directory/questions.ts';
import { UAI } from './imports/job-double.ts';
import { again, GUARDIANS, input, PUPILS, scene, staff } from './scene.ts';

const on = '2026-09-15';

it('answers exactly the entitled guardians, with the ways to reach them', async () => {
  const school = await scene();
  const pupilIds = ['Léa MARTIN', 'Ana SILVA'].map((name) => school.person(name).personId);
  const told = guardiansToTell.answer.parse(await answerGuardiansToTell({ uai: UAI, pupilIds, on }, school.ports));
  expect(
    new Map(
      told.map(({ pupil, guardians }) => [
        pupil.givenName,
        guardians.map(({ givenName, email, phones }) => [givenName, email ?? phones[0]?.kind]).sort(),
      ]),
    ),
  ).toEqual(
    new Map([
      [
        'Léa',
        [
          ['Claire', 'claire@example.org'],
          ['Paul', 'paul@example.org'],
        ],
      ],
      ['Ana', [['Rosa', 'mobile']]],
    ]),
  );
});

it('follows the school’s setting for level 2', async () => {
  const school = await scene(PUPILS, [...GUARDIANS, { id: '505', name: 'Lou FOYER', of: [['103', 2, '51']] }]);
  const pupilIds = [school.person('Ana SILVA').personId];
  const names = async () =>
    (await answerGuardiansToTell({ uai: UAI, pupilIds, on }, school.ports))[0]?.guardians.map(({ givenName }) => givenName).sort();
  expect(await names()).toEqual(['Lou', 'Rosa']);
  await changeSettings(input(staff(), { uai: UAI }, { body: { tellsLevelTwo: false } }), school.ports);
  expect(await names()).toEqual(['Rosa']);
});

it('answers for those named alone, each as among all, in one request', async () => {
  const school = await scene();
  const pupilIds = ['Léa MARTIN', 'Ana SILVA'].map((name) => school.person(name).personId);
  const everybody = await answerGuardiansToTell({ uai: UAI, pupilIds, on }, school.ports);
  const ids = everybody.flatMap(({ guardians }) => guardians.map(({ personId }) => personId));
  expect(ids).toHaveLength(3);
  for (const personId of ids) {
    school.directory.forget();
    expect(await answerGuardiansToTell({ uai: UAI, pupilIds, guardianIds: [personId], on }, school.ports)).toEqual(
      everybody.map(({ pupil, guardians }) => ({ pupil, guardians: guardians.filter((one) => one.personId === personId) })),
    );
    expect(school.directory.consumed().map(({ kind }) => kind)).toEqual(['batch']);
  }
  const restricted = school.person('Claire MARTIN').personId;
  await school.directory.write({
    update: 'link',
    key: { uai: UAI, pupilId: pupilIds[0] ?? '', guardianId: restricted },
    set: { level: 3 },
  });
  expect((await answerGuardiansToTell({ uai: UAI, pupilIds, guardianIds: [restricted], on }, school.ports))[0]?.guardians).toEqual([]);
});

it('tells nobody of a pupil who left or is of another school', async () => {
  const school = await scene();
  const pupilIds = [school.person('Ana SILVA').personId];
  await again(school, PUPILS.slice(0, 2), GUARDIANS);
  expect(await answerGuardiansToTell({ uai: UAI, pupilIds, on }, school.ports)).toEqual([]);
  await school.open('0750001A');
  expect(await answerGuardiansToTell({ uai: '0750001A', pupilIds: [school.person('Léa MARTIN').personId], on }, school.ports)).toEqual([]);
});
