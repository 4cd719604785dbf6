import { describe, expect, it } from 'vitest';
import { closeCall } from '../../../functions/notifications/close-call.ts';
import { pauseSchool } from '../../../functions/notifications/pause-school.ts';
import { readReach } from '../../../functions/notifications/read-reach.ts';
import { caller, DATE, FATHER, guardian, MOTHER, schoolDay, UAI } from './school-day.ts';

const read = ({ ports }: ReturnType<typeof schoolDay>, date = DATE) => readReach({ params: { uai: UAI, date } }, ports);

describe('families that no message reached', () => {
  it('are those on the call list, until somebody reached them', async () => {
    const day = schoolDay();
    day.facts.guardians = [guardian(MOTHER), guardian(FATHER)];
    await day.told();
    expect(await read(day)).toEqual({ paused: false, unreached: 2, toCall: 2, undecided: 0 });
    const [line] = day.lines();
    await closeCall({ params: { uai: UAI, date: DATE, callId: line?.callId ?? '' }, body: { outcome: 'reached' }, caller }, day.ports);
    expect(await read(day)).toMatchObject({ unreached: 1, toCall: 2 });
  });

  it('stand beside those of the same weekday before; a day on which nobody was told does not count', async () => {
    const day = schoolDay();
    day.facts.guardians = [guardian(MOTHER), guardian(FATHER, 'paul@example.org')];
    await day.told();
    expect(await read(day, '2026-09-22')).toMatchObject({ toCall: 0, usual: { toCall: 1, days: 1 } });
    expect(await read(day, '2026-09-23')).not.toHaveProperty('usual');
  });

  it('say what waits: a decision, a school that is paused', async () => {
    const day = schoolDay();
    day.facts.episode = { ...day.facts.episode, asks: 'late' };
    await day.told();
    await pauseSchool({ params: { uai: UAI }, caller }, day.ports);
    expect(await read(day)).toMatchObject({ paused: true, undecided: 1, toCall: 0 });
  });
});
