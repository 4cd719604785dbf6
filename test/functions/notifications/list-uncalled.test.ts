import { describe, expect, it } from 'vitest';
import { closeCall } from '../../../functions/notifications/close-call.ts';
import { listDeliveries } from '../../../functions/notifications/list-deliveries.ts';
import { listUncalled } from '../../../functions/notifications/list-uncalled.ts';
import { listUncalled as route } from '../../../shared/notifications/routes.ts';
import { caller, DATE, FATHER, guardian, MOTHER, schoolDay, UAI } from './school-day.ts';

/** Two households without an address, on a day that is over. */
const yesterday = async () => {
  const day = schoolDay();
  day.facts.guardians = [guardian(MOTHER), guardian(FATHER)];
  await day.told();
  const { calls: seen } = await listDeliveries({ params: { uai: UAI, date: DATE } }, day.ports);
  const left = async () => route.answer.parse(await listUncalled({ params: { uai: UAI } }, day.ports)).calls;
  return { ...day, seen, left };
};

describe('what is left of the calls of earlier days', () => {
  it('is nothing on the day itself: its own list has them', async () => {
    const { seen, left } = await yesterday();
    expect(seen).toHaveLength(2);
    expect(await left()).toEqual([]);
  });

  it('stands the next day as it stood, with its day, until it is made', async () => {
    const { seen, left, ports } = await yesterday();
    ports.clock.set('2026-09-16T08:00');
    expect(await left()).toEqual(seen);
    expect(seen.map(({ date }) => date)).toEqual([DATE, DATE]);
    const [first] = seen;
    await closeCall({ params: { uai: UAI, date: DATE, callId: first?.callId ?? '' }, body: { outcome: 'no-answer' }, caller }, ports);
    expect(await left()).toMatchObject([{ tries: 1 }, { tries: 0 }]);
    await closeCall({ params: { uai: UAI, date: DATE, callId: first?.callId ?? '' }, body: { outcome: 'reached' }, caller }, ports);
    expect(await left()).toHaveLength(1);
  });

  it('names nobody who may no longer be told', async () => {
    const { left, ports, facts } = await yesterday();
    ports.clock.set('2026-09-16T08:00');
    facts.guardians = [guardian(MOTHER)];
    expect((await left()).flatMap(({ people }) => people.map(({ guardianId }) => guardianId))).toEqual([MOTHER]);
  });

  it('is over after a week, and costs two requests when there is nothing', async () => {
    const { left, ports } = await yesterday();
    ports.clock.set('2026-09-22T10:00');
    ports.notifications.forget();
    expect(await left()).toEqual([]);
    expect(ports.notifications.consumed()).toHaveLength(2);
  });

  it('is missing of a school that was never visited', async () => {
    await expect(listUncalled({ params: { uai: '0350000A' } }, schoolDay().ports)).rejects.toMatchObject({ code: 'request.not-found' });
  });
});
