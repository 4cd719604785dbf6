import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../functions/notifications/reconcile.ts';
import { DATE, FATHER, MOTHER, schoolDay, UAI } from './school-day.ts';

const MINUTE = 60_000;
const hangUp = Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });

/** A school that reconciliation knows, on a day of which the ledger knows nothing. */
const visited = async () => {
  const day = schoolDay();
  await day.ports.notifications.write({ update: 'school', key: { uai: UAI }, set: { uai: UAI, timeZone: 'Europe/Paris' } });
  day.ports.clock.move(10 * MINUTE);
  return day;
};

/** Both mails were handed to SES, which never answered. */
const doubtful = async () => {
  const day = schoolDay();
  await day.told();
  day.dueTime();
  day.ports.mail.refuse(hangUp);
  await day.work();
  day.ports.mail.refuse(undefined);
  return day;
};

describe('an absence whose event was lost', () => {
  it('is told after all, once', async () => {
    const { ports, work, sentTo } = await visited();
    expect(await reconcile(ports)).toMatchObject({ schools: 1, repaired: 1 });
    expect(await reconcile(ports)).toMatchObject({ repaired: 0 });
    await work();
    expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
  });

  it('is found the next day too', async () => {
    const { ports } = await visited();
    ports.clock.move(25 * 60 * MINUTE);
    expect(await reconcile(ports)).toMatchObject({ repaired: 1 });
  });

  it('is found after ten days of silence, told once, and the office sees that it was late', async () => {
    const { ports, work, row, sentTo } = await visited();
    ports.clock.move(10 * 24 * 60 * MINUTE);
    expect(await reconcile(ports)).toMatchObject({ repaired: 1, looked: 1 });
    expect(await reconcile(ports)).toMatchObject({ repaired: 0 });
    await work();
    expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
    expect(await row(MOTHER)).toMatchObject({ state: 'accepted', late: true });
    expect(ports.notifications.items('toldLate')).toMatchObject([{ date: '2026-09-25', of: DATE }]);
  });

  it('is not told after a fortnight: what is so old is for the school to say', async () => {
    const { ports } = await visited();
    ports.clock.move(15 * 24 * 60 * MINUTE);
    expect(await reconcile(ports)).toMatchObject({ repaired: 0 });
  });

  it('is counted where operators look, by school, and only when there was something to mend', async () => {
    const { ports } = await visited();
    const mended = () => ports.log.lines().filter(({ code }) => code === 'ledger.mended');
    await reconcile(ports);
    expect(mended()).toMatchObject([{ level: 'warn', facts: { school: UAI, acted: 1, repaired: 1 } }]);
    await reconcile(ports);
    expect(mended()).toHaveLength(1);
  });

  it('is left alone while its event is still on its way', async () => {
    const { ports } = await visited();
    ports.clock.set('2026-09-15T09:08');
    expect(await reconcile(ports)).toMatchObject({ repaired: 0 });
  });

  it('is nothing to tell once it was cancelled', async () => {
    const { ports, facts } = await visited();
    facts.episode.state = 'cancelled';
    expect(await reconcile(ports)).toMatchObject({ repaired: 0 });
  });
});

it('finds a correction whose event was lost', async () => {
  const { ports, facts, told, work, sentTo, dueTime } = schoolDay();
  await told();
  dueTime();
  await work();
  facts.episode = { ...facts.episode, state: 'cancelled', revision: 2 };
  expect(await reconcile(ports)).toMatchObject({ repaired: 1 });
  await work();
  expect(sentTo()).toHaveLength(4);
});

describe('the fortnight before', () => {
  const asked = (ports: Awaited<ReturnType<typeof visited>>['ports']) =>
    ports.ask.asked().filter(({ question }) => question === 'attendance.episodes-of-day').length;

  it('is compared once on each of the school’s days', async () => {
    const { ports } = await visited();
    expect(await reconcile(ports)).toMatchObject({ looked: 1 });
    const once = asked(ports);
    expect(await reconcile(ports)).toMatchObject({ looked: 0 });
    expect(asked(ports) - once).toBe(2);
    ports.clock.set('2026-09-16T00:10');
    expect(await reconcile(ports)).toMatchObject({ looked: 1 });
  });

  it('is compared again by the next run when a part of it could not be', async () => {
    const { ports } = await visited();
    const ask = Object.assign(
      ((question: never, input: { date?: string }) =>
        input.date === '2026-09-09' ? Promise.reject(new Error('down')) : ports.ask(question, input as never)) as never,
      ports.ask,
    ) as typeof ports.ask;
    await expect(reconcile({ ...ports, ask })).rejects.toThrow('down');
    expect(await reconcile(ports)).toMatchObject({ looked: 1 });
  });

  it('waits for the next run when this one is already long', async () => {
    const { ports } = await visited();
    let seconds = 0;
    const slow = { ...ports.clock, system: () => new Date(ports.clock.system().getTime() + 11_000 * seconds++) };
    expect(await reconcile({ ...ports, clock: slow })).toMatchObject({ looked: 0 });
  });
});

it('mends the others when one episode of the school cannot be', async () => {
  const { ports, facts, work, sentTo } = await visited();
  const poison = { ...facts.episode, pupilId: 'p_poison01', episodeId: 'e_poison01' };
  const ask = Object.assign(
    (async (question: { name: string }, input: { pupilIds?: string[] }) => {
      if (input.pupilIds?.includes(poison.pupilId)) throw new Error('down');
      const answer = await ports.ask(question as never, input as never);
      return question.name === 'attendance.episodes-of-day' && (answer as unknown[]).length > 0 ? [poison, ...(answer as never)] : answer;
    }) as never,
    ports.ask,
  ) as typeof ports.ask;
  await expect(reconcile({ ...ports, ask })).rejects.toThrow('down');
  await work();
  expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
});

it('makes attendance follow a lesson that was not held before it compares, and takes back what was told of it', async () => {
  const { ports, facts, told, work, sentTo, dueTime } = schoolDay();
  await told();
  dueTime();
  await work();
  facts.timetable = (_, date) => {
    if (date !== DATE || facts.episode.state === 'not-held') return 0;
    facts.episode = { ...facts.episode, state: 'not-held', revision: 2 };
    return 1;
  };
  expect(await reconcile(ports)).toMatchObject({ followed: 1, repaired: 1 });
  expect(await reconcile(ports)).toMatchObject({ followed: 0, repaired: 0 });
  await work();
  expect(sentTo()).toHaveLength(4);
  const last = ports.mail.sent().slice(-2);
  expect(last.every(({ text }) => text.includes('n’a pas eu lieu'))).toBe(true);
});

it('wakes rows whose message was lost, but not before their time', async () => {
  const { ports, told, work, sentTo } = schoolDay();
  await told();
  ports.urgentQueue.take();
  expect(await reconcile(ports)).toMatchObject({ woken: 0 });
  ports.clock.move(12 * MINUTE);
  expect(await reconcile(ports)).toMatchObject({ woken: 2 });
  await work();
  expect(sentTo()).toHaveLength(2);
});

it('wakes nothing of a school that is paused', async () => {
  const { ports, told } = schoolDay();
  await told();
  ports.urgentQueue.take();
  await ports.notifications.write({ update: 'school', key: { uai: UAI }, set: { paused: true } });
  ports.clock.move(12 * MINUTE);
  expect(await reconcile(ports)).toMatchObject({ woken: 0 });
});

describe('a claim that ran out', () => {
  it('is a doubt first, and nobody sends while SES may still speak', async () => {
    const { ports, work, row } = await doubtful();
    ports.clock.move(2 * MINUTE);
    expect(await reconcile(ports)).toMatchObject({ doubtful: 2, resent: 0 });
    await work();
    expect(await row(MOTHER)).toMatchObject({ state: 'ambiguous', resent: false });
    expect(ports.mail.sent()).toEqual([]);
  });

  it('is sent again once after a quarter of an hour of silence, and says so', async () => {
    const { ports, work, row, sentTo } = await doubtful();
    ports.clock.move(2 * MINUTE);
    await reconcile(ports);
    ports.clock.move(15 * MINUTE);
    expect(await reconcile(ports)).toMatchObject({ resent: 2 });
    await work();
    expect(await row(MOTHER)).toMatchObject({ state: 'accepted', resent: true });
    expect(sentTo()).toHaveLength(2);
    expect(ports.log.lines().filter(({ code }) => code === 'delivery.resent')).toHaveLength(2);
  });

  it('needs no second visit when it ran out long ago', async () => {
    const { ports } = await doubtful();
    ports.clock.move(20 * MINUTE);
    expect(await reconcile(ports)).toMatchObject({ doubtful: 2, resent: 2 });
  });

  it('is for a human the second time', async () => {
    const { ports, work, row, lines } = await doubtful();
    ports.clock.move(20 * MINUTE);
    await reconcile(ports);
    ports.mail.refuse(hangUp);
    await work();
    ports.clock.move(20 * MINUTE);
    expect(await reconcile(ports)).toMatchObject({ doubtful: 2, uncertain: 2, resent: 0 });
    expect(await row(FATHER)).toMatchObject({ state: 'unreachable', reason: 'uncertain' });
    expect(lines()).toHaveLength(2);
  });

  it('is left alone while it may still be held', async () => {
    const { ports } = await doubtful();
    ports.clock.move(MINUTE / 2);
    expect(await reconcile(ports)).toMatchObject({ doubtful: 0 });
  });
});

it('sends a message whose hold was forgotten', async () => {
  const { ports, told, work, sentTo, idOf } = schoolDay();
  const { holdDelivery } = await import('../../../functions/notifications/hold-delivery.ts');
  await told();
  await holdDelivery({ params: { uai: UAI, date: DATE, deliveryId: idOf(MOTHER) } }, ports);
  ports.urgentQueue.take();
  ports.clock.move(45 * MINUTE);
  expect(await reconcile(ports)).toMatchObject({ woken: 2 });
  await work();
  expect(sentTo()).toHaveLength(2);
});

it('revives a row that a worker cancelled on facts that were true a moment before', async () => {
  const { ports, told, idOf, states } = schoolDay();
  await told();
  await ports.notifications.write({
    update: 'delivery',
    key: { uai: UAI, date: DATE, deliveryId: idOf(MOTHER) },
    set: { state: 'cancelled', reason: 'not-entitled', wakeAt: undefined },
  });
  ports.clock.move(5 * MINUTE);
  expect(await reconcile(ports)).toMatchObject({ repaired: 1 });
  expect(Object.values(states())).toEqual(['pending', 'pending']);
});

it('visits the other schools when one of them fails, and still ends as failed', async () => {
  const { ports, sentTo, work } = await visited();
  await ports.notifications
    .write({ update: 'school', key: { uai: '0000000X' }, set: { uai: '0000000X', timeZone: 'Nowhere/At-all' } })
    .catch(() => {});
  const ask: typeof ports.ask = Object.assign(
    ((question: never, input: { uai: string }) =>
      input.uai === '0000001X' ? Promise.reject(new Error('down')) : ports.ask(question, input as never)) as never,
    ports.ask,
  );
  await ports.notifications.write({ update: 'school', key: { uai: '0000001X' }, set: { uai: '0000001X', timeZone: 'Europe/Paris' } });
  await expect(reconcile({ ...ports, ask })).rejects.toThrow('down');
  await work();
  expect(sentTo()).toHaveLength(2);
});
