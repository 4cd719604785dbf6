import { expect, it } from 'vitest';
import { answerClassLists } from '../../../functions/directory/answer-class-lists.ts';
import { UAI } from './imports/job-double.ts';
import { GUARDIANS, inspectAgain, type PupilLine, scene } from './scene.ts';

it('answers every list of a school, past memberships included, and none of another’s', async () => {
  const school = await scene();
  const rosters = school.directory.items('roster');
  const first = await answerClassLists({ uai: UAI }, school.ports);
  expect(first.cursor).toBeUndefined();
  expect(first.lists).toEqual(rosters.map(({ uai, groupId, kind, label, pupils }) => ({ uai, groupId, kind, label, pupils })));
  expect(first.lists.length).toBeGreaterThan(0);
  expect(await answerClassLists({ uai: '0690002B' }, school.ports)).toEqual({ lists: [] });
});

it('says who eats at school, as SIECLE has it, and after the next file as that one has it', async () => {
  const pupils = (regimes: readonly string[]): PupilLine[] => [
    { id: '101', name: 'Léa MARTIN', regime: regimes[0] as string },
    { id: '102', name: 'Tom MARTIN', class: '4 A', regime: regimes[1] as string },
    { id: '103', name: 'Ana SILVA', regime: regimes[2] as string },
  ];
  const school = await scene(pupils(['1', '2', '3']), GUARDIANS);
  const regimes = async () => {
    const { lists } = await answerClassLists({ uai: UAI }, school.ports);
    return Object.fromEntries(lists.flatMap(({ pupils }) => pupils.map(({ givenName, regime }) => [givenName, regime])));
  };
  expect(await regimes()).toEqual({ Léa: 'day', Tom: 'half-board', Ana: 'boarder' });
  await school.confirm(await inspectAgain(school, pupils(['2', '1', '3']), GUARDIANS));
  expect(await regimes()).toEqual({ Léa: 'half-board', Tom: 'day', Ana: 'boarder' });
});
