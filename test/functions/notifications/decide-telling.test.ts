import { describe, expect, it } from 'vitest';
import { decideTelling } from '../../../functions/notifications/decide-telling.ts';
import { listDeliveries } from '../../../functions/notifications/list-deliveries.ts';
import { caller, DATE, EPISODE, FATHER, guardian, MOTHER, PUPIL, schoolDay, UAI } from './school-day.ts';

const params = { uai: UAI, date: DATE, pupilId: PUPIL, episodeId: EPISODE };

/** The roll call of 9 was saved at 13:20. */
const savedLate = async () => {
  const day = schoolDay();
  day.facts.episode = { ...day.facts.episode, asks: 'late', savedAt: '2026-09-15T11:20:00.000Z', dueAt: '2026-09-15T11:30:00.000Z' };
  day.ports.clock.set('2026-09-15T13:20');
  await day.told();
  day.ports.clock.set('2026-09-15T13:40');
  const say = (tell: boolean) => decideTelling({ params, body: { tell }, caller }, day.ports);
  const undecided = async (date = DATE) => (await listDeliveries({ params: { uai: UAI, date } }, day.ports)).undecided;
  return { ...day, say, undecided };
};

describe('an absence saved long after its lesson', () => {
  it('tells nobody, and waits on the list of school life, on that day and on every later one', async () => {
    const { work, sentTo, states, undecided } = await savedLate();
    await work();
    expect([sentTo(), states()]).toEqual([[], {}]);
    const line = { date: DATE, pupilId: PUPIL, episodeId: EPISODE, startMinute: 540, pupil: { familyName: 'LEMOINE', givenName: 'Inès' } };
    expect(await undecided()).toMatchObject([line]);
    expect(await undecided('2026-09-18')).toMatchObject([line]);
  });

  it('is told at once when school life says so, late by nobody’s fault', async () => {
    const { say, work, sentTo, undecided, row, ports } = await savedLate();
    expect(await say(true)).toEqual({ pupilId: PUPIL, episodeId: EPISODE, state: 'sent' });
    await work();
    expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
    expect(await row(MOTHER)).toMatchObject({ state: 'accepted', late: false });
    expect(await undecided()).toEqual([]);
    expect(ports.notifications.items('decision')).toMatchObject([{ state: 'sent', decidedBy: caller.personId }]);
  });

  it('is told on another day without being counted among those a fault delayed', async () => {
    const { say, work, sentTo, ports, row } = await savedLate();
    ports.clock.set('2026-09-17T08:00');
    await say(true);
    await work();
    expect(sentTo()).toHaveLength(2);
    expect(await row(MOTHER)).toMatchObject({ late: false });
    expect(ports.notifications.items('toldLate')).toEqual([]);
  });

  it('is never told when school life says not, whatever is planned again', async () => {
    const { say, told, becomes, work, sentTo, states, undecided } = await savedLate();
    expect(await say(false)).toMatchObject({ state: 'kept' });
    await told();
    await becomes({ endMinute: 655 });
    await work();
    expect([sentTo(), states(), await undecided()]).toEqual([[], {}, []]);
  });

  it('puts whoever has no address on the call list only once it is to be told', async () => {
    const { facts, say, lines, told } = await savedLate();
    facts.guardians = [guardian(MOTHER), guardian(FATHER)];
    await told();
    expect(lines()).toEqual([]);
    await say(true);
    expect(lines()).toHaveLength(2);
  });

  it('is decided once: the same again is the same, the other is refused', async () => {
    const { say, work, sentTo } = await savedLate();
    await say(true);
    expect(await say(true)).toMatchObject({ state: 'sent' });
    await expect(say(false)).rejects.toMatchObject({ kind: 'conflict', code: 'notifications.already-decided' });
    await work();
    await work();
    expect(sentTo()).toHaveLength(2);
  });

  it('leaves the list when it is put right, and comes back when it is not so after all', async () => {
    const { say, becomes, undecided } = await savedLate();
    await becomes({ state: 'silent' });
    expect(await undecided()).toEqual([]);
    await expect(say(true)).rejects.toMatchObject({ code: 'notifications.already-decided' });
    await becomes({ state: 'open' });
    expect(await undecided()).toHaveLength(1);
  });

  it('is told as ever when a further lesson was recorded in time', async () => {
    const { becomes, work, sentTo, undecided, ports } = await savedLate();
    await becomes({ asks: undefined, dueAt: '2026-09-15T11:50:00.000Z' });
    expect(await undecided()).toEqual([]);
    ports.clock.set('2026-09-15T13:50');
    await work();
    expect(sentTo()).toHaveLength(2);
  });

  it('is not asked about when families know already', async () => {
    const { told, becomes, work, ports, dueTime } = schoolDay();
    await told();
    dueTime();
    await work();
    await becomes({ state: 'silent' });
    await becomes({ state: 'open', asks: 'late' });
    expect(ports.notifications.items('decision')).toEqual([]);
  });

  it('is missing at another school, on another day, and when nobody was to decide', async () => {
    const { ports, told } = schoolDay();
    await told();
    for (const patch of [{}, { uai: '0352073W' }, { date: '2026-09-16' }])
      await expect(decideTelling({ params: { ...params, ...patch }, body: { tell: true }, caller }, ports)).rejects.toMatchObject({
        code: 'request.not-found',
      });
  });
});

describe('a school that checks each message', () => {
  it('holds it half an hour after its time, then it goes by itself, late by nobody’s fault', async () => {
    const day = schoolDay();
    day.facts.episode = { ...day.facts.episode, asks: 'check' };
    await day.told();
    expect(await day.row(MOTHER)).toMatchObject({ state: 'held', heldUntil: '2026-09-15T07:47:00.000Z' });
    day.dueTime();
    await day.work();
    expect(day.sentTo()).toEqual([]);
    day.ports.clock.set('2026-09-15T09:47');
    await day.work();
    expect(day.sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
    expect(await day.row(MOTHER)).toMatchObject({ state: 'accepted', late: false });
  });

  it('still corrects at once what it told', async () => {
    const day = schoolDay();
    day.facts.episode = { ...day.facts.episode, asks: 'check' };
    await day.told();
    day.ports.clock.set('2026-09-15T09:47');
    await day.work();
    await day.becomes({ state: 'cancelled' });
    expect(await day.row(MOTHER, 'wrongly-marked')).toMatchObject({ state: 'pending' });
  });
});
