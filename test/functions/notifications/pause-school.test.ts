import { expect, it } from 'vitest';
import { listDeliveries } from '../../../functions/notifications/list-deliveries.ts';
import { pauseSchool } from '../../../functions/notifications/pause-school.ts';
import { caller, DATE, schoolDay, UAI } from './school-day.ts';

it('stops every message of the school, those already in the queue too', async () => {
  const { told, ports, work, sentTo, dueTime } = schoolDay();
  await told();
  expect(await pauseSchool({ params: { uai: UAI }, caller }, ports)).toEqual({ uai: UAI, paused: true });
  dueTime();
  await work();
  expect(sentTo()).toEqual([]);
  expect(await listDeliveries({ params: { uai: UAI, date: DATE } }, ports)).toMatchObject({ paused: true });
});

it('may be pressed before the first absence ever', async () => {
  const { told, ports, work, sentTo, dueTime } = schoolDay();
  await pauseSchool({ params: { uai: UAI }, caller }, ports);
  await told();
  dueTime();
  await work();
  expect(sentTo()).toEqual([]);
});

it('is missing for a school that does not exist', async () => {
  await expect(pauseSchool({ params: { uai: '0000000X' }, caller }, schoolDay().ports)).rejects.toMatchObject({
    code: 'request.not-found',
  });
});
