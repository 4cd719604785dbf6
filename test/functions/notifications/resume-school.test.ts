import { expect, it } from 'vitest';
import { pauseSchool } from '../../../functions/notifications/pause-school.ts';
import { resumeSchool } from '../../../functions/notifications/resume-school.ts';
import { caller, FATHER, MOTHER, schoolDay, UAI } from './school-day.ts';

it('sends what fell due meanwhile, and not what was put right', async () => {
  const { told, facts, ports, work, sentTo, row } = schoolDay();
  await told();
  await pauseSchool({ params: { uai: UAI }, caller }, ports);
  ports.clock.move(3_600_000);
  await work();
  facts.guardians = facts.guardians.slice(0, 1);
  expect(await resumeSchool({ params: { uai: UAI } }, ports)).toEqual({ uai: UAI, paused: false });
  await work();
  expect(sentTo()).toEqual(['claire@example.org']);
  expect(await row(FATHER)).toMatchObject({ state: 'cancelled' });
  expect(await row(MOTHER)).toMatchObject({ state: 'accepted', late: false });
});

it('does nothing to a school that was not paused', async () => {
  const { told, ports, work, sentTo } = schoolDay();
  await told();
  await resumeSchool({ params: { uai: UAI } }, ports);
  await work();
  expect(sentTo()).toEqual([]);
});

it('is missing for a school that does not exist', async () => {
  await expect(resumeSchool({ params: { uai: '0000000X' } }, schoolDay().ports)).rejects.toMatchObject({ code: 'request.not-found' });
});
