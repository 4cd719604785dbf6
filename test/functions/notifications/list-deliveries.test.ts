import { describe, expect, it } from 'vitest';
import { listDeliveries } from '../../../functions/notifications/list-deliveries.ts';
import { listDeliveries as route } from '../../../shared/notifications/routes.ts';
import { DATE, FATHER, guardian, MOTHER, PUPIL, schoolDay, UAI } from './school-day.ts';

const params = { uai: UAI, date: DATE };

describe('the live list', () => {
  it('names every message with its countdown, in the shape the route promises', async () => {
    const { told, ports } = schoolDay();
    await told();
    const answer = route.answer.parse(await listDeliveries({ params }, ports));
    expect(answer).toMatchObject({ now: '2026-09-15T07:08:00.000Z', paused: false, calls: [] });
    expect(answer.deliveries).toHaveLength(2);
    expect(answer.deliveries.find(({ guardianId }) => guardianId === MOTHER)).toMatchObject({
      state: 'pending',
      held: false,
      dueAt: '2026-09-15T07:17:00.000Z',
      pupil: { familyName: 'LEMOINE', givenName: 'Inès' },
      guardian: { familyName: 'LEMOINE', givenName: 'Claire' },
    });
  });

  it('is empty on a day without absence', async () => {
    expect(await listDeliveries({ params }, schoolDay().ports)).toMatchObject({ deliveries: [], calls: [] });
  });

  it('costs two queries and one get, and asks for all names at once', async () => {
    const { told, ports } = schoolDay();
    await told();
    ports.notifications.forget();
    const before = ports.ask.asked().length;
    await listDeliveries({ params }, ports);
    expect(
      ports.notifications
        .consumed()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['get', 'query', 'query']);
    expect(ports.ask.asked().slice(before)).toMatchObject([{ question: 'directory.people' }]);
  });
});

describe('families told late', () => {
  it('are marked, on the day of the absence and on the day they are told', async () => {
    const { told, ports, work } = schoolDay();
    ports.clock.set('2026-09-17T08:00');
    await told();
    await work();
    const then = route.answer.parse(await listDeliveries({ params }, ports));
    expect(then.deliveries.map(({ state, late }) => [state, late])).toEqual([
      ['accepted', true],
      ['accepted', true],
    ]);
    expect(then.late).toEqual([]);
    const now = route.answer.parse(await listDeliveries({ params: { uai: UAI, date: '2026-09-17' } }, ports));
    expect(now).toMatchObject({
      deliveries: [],
      late: [{ of: DATE, pupilId: PUPIL, pupil: { familyName: 'LEMOINE', givenName: 'Inès' } }],
    });
  });

  it('are none when they were told in time', async () => {
    const { told, ports, work, dueTime } = schoolDay();
    await told();
    dueTime();
    await work();
    const { deliveries, late } = await listDeliveries({ params }, ports);
    expect(deliveries.map((row) => [row.state, row.late])).toEqual([
      ['accepted', false],
      ['accepted', false],
    ]);
    expect(late).toEqual([]);
  });
});

describe('the call list', () => {
  it('gives each household once, whom to call first, and why', async () => {
    const { facts, told, ports } = schoolDay();
    const home = { householdId: '778162' };
    facts.guardians = [guardian(MOTHER, undefined, home), guardian(FATHER, undefined, { ...home, contactFirst: true })];
    await told();
    const { calls } = route.answer.parse(await listDeliveries({ params }, ports));
    expect(calls).toMatchObject([
      {
        householdId: '778162',
        pupil: { givenName: 'Inès', classLabel: '5e B' },
        people: [
          { guardianId: FATHER, contactFirst: true, reason: 'no-address', kind: 'absence', phones: [{ number: '06 39 98 01 17' }] },
          { guardianId: MOTHER, contactFirst: false },
        ],
      },
    ]);
  });

  it('shows nobody who lost the right to be told', async () => {
    const { facts, told, ports } = schoolDay();
    facts.guardians = [guardian(MOTHER), guardian(FATHER)];
    await told();
    facts.guardians = facts.guardians.slice(0, 1);
    const { calls } = await listDeliveries({ params }, ports);
    expect(calls.map(({ people }) => people.map(({ guardianId }) => guardianId))).toEqual([[MOTHER]]);
  });

  it('shows the child nobody may be told of', async () => {
    const { facts, told, ports } = schoolDay();
    facts.guardians = [];
    await told();
    const { calls } = await listDeliveries({ params }, ports);
    expect(calls).toMatchObject([{ pupilId: PUPIL, people: [{ guardianId: PUPIL, reason: 'nobody-to-tell', phones: [] }] }]);
  });
});
