import { expect, it } from 'vitest';
import { answerSchool } from '../../../functions/directory/answer-school.ts';
import { changeSettings } from '../../../functions/directory/change-settings.ts';
import { UAI } from './imports/job-double.ts';
import { input, scene, staff } from './scene.ts';

it('changes what is given and keeps the rest', async () => {
  const school = await scene();
  await changeSettings(input(staff(), { uai: UAI }, { body: { graceMinutes: 0, schoolLifeEmail: 'vs@example.org' } }), school.ports);
  await changeSettings(input(staff(), { uai: UAI }, { body: { tellsLevelTwo: false } }), school.ports);
  expect(await answerSchool({ uai: UAI }, school.ports)).toMatchObject({
    schoolLifeEmail: 'vs@example.org',
    settings: { graceMinutes: 0, tellsLevelTwo: false, notBeforeMinutes: 15 },
  });
});

it('takes an école’s hours only when its day runs forward, each half on its side of noon', async () => {
  const school = await scene();
  const change = (body: object) => changeSettings(input(staff(), { uai: UAI }, { body }), school.ports);
  const morning = (startMinute: number, secondMinute: number | undefined, endMinute: number) => ({
    kind: 'primary',
    morningHours: { startMinute, ...(secondMinute !== undefined && { secondMinute }), endMinute },
  });
  expect(await change(morning(500, undefined, 690))).toMatchObject({ settings: { morningHours: { startMinute: 500, endMinute: 690 } } });
  for (const body of [
    morning(690, undefined, 500),
    morning(500, 690, 690),
    morning(500, 500, 690),
    morning(500, 760, 800),
    morning(500, 600, 820),
    { halfDaySwitch: 820 },
    { halfDaySwitch: 600, morningHours: { startMinute: 510, secondMinute: 615, endMinute: 690 } },
  ])
    await expect(change(body), JSON.stringify(body)).rejects.toMatchObject({ code: 'directory.hours-out-of-order' });
  // A collège has its timetable: its noon may be later than an école’s afternoon would begin.
  await change({ kind: 'secondary', halfDaySwitch: 840 });
});
