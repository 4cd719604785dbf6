import { describe, expect, it } from 'vitest';
import { closeCall } from '../../../functions/notifications/close-call.ts';
import { listDeliveries } from '../../../functions/notifications/list-deliveries.ts';
import { caller, DATE, FATHER, guardian, MOTHER, schoolDay, UAI } from './school-day.ts';

const twoHouseholds = async () => {
  const day = schoolDay();
  day.facts.guardians = [guardian(MOTHER), guardian(FATHER)];
  await day.told();
  const [line] = day.lines();
  const press = (outcome: 'reached' | 'message-left' | 'no-answer' | 'wrong-number' | 'letter', callId = line?.callId ?? '') =>
    closeCall({ params: { uai: UAI, date: DATE, callId }, body: { outcome }, caller }, day.ports);
  return { ...day, press };
};

describe('a call', () => {
  it.each(['reached', 'message-left'] as const)('ended as %s closes its household’s line, never the other', async (outcome) => {
    const { press, ports } = await twoHouseholds();
    expect(await press(outcome)).toMatchObject({ state: 'closed', outcome, tries: 1 });
    const { calls } = await listDeliveries({ params: { uai: UAI, date: DATE } }, ports);
    expect(calls).toHaveLength(1);
  });

  it.each(['no-answer', 'wrong-number'] as const)('ended as %s is noted, and the line stays: nobody was told', async (outcome) => {
    const { press, ports, lines } = await twoHouseholds();
    expect(await press(outcome)).toMatchObject({ state: 'open', tries: 1 });
    expect(await press(outcome)).toMatchObject({ state: 'open', tries: 2 });
    const { calls } = await listDeliveries({ params: { uai: UAI, date: DATE } }, ports);
    expect(calls).toHaveLength(2);
    expect(lines().find(({ tries }) => tries === 2)).toMatchObject({ calledBy: caller.personId, outcome });
  });

  it('that ends in the post closes the line, and the letter is a row of the ledger with its time', async () => {
    const { press, states, ports } = await twoHouseholds();
    expect(await press('letter')).toMatchObject({ state: 'closed', outcome: 'letter' });
    const letters = ports.notifications.items('delivery').filter(({ channel }) => channel === 'letter');
    expect(letters).toMatchObject([{ kind: 'absence', state: 'accepted', sentAt: '2026-09-15T07:08:00.000Z' }]);
    expect(Object.keys(states())).toHaveLength(3);
  });

  it('noted twice by the same key is one call', async () => {
    const { press } = await twoHouseholds();
    expect(await press('reached')).toEqual(await press('reached'));
  });

  it('cannot change what another one settled', async () => {
    const { press } = await twoHouseholds();
    await press('reached');
    await expect(press('no-answer')).rejects.toMatchObject({ code: 'notifications.call-closed' });
  });

  it('about nothing is missing', async () => {
    const { press } = await twoHouseholds();
    await expect(press('reached', 'call_00000000')).rejects.toMatchObject({ code: 'request.not-found' });
  });
});
