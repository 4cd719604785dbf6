import { describe, expect, it } from 'vitest';
import { listToldLate } from '../../../functions/notifications/list-told-late.ts';
import { reconcile } from '../../../functions/notifications/reconcile.ts';
import { listToldLate as route } from '../../../shared/notifications/late-routes.ts';
import { DATE, EPISODE, PUPIL, schoolDay, UAI } from './school-day.ts';

const list = async ({ ports }: ReturnType<typeof schoolDay>) =>
  route.answer.parse(await listToldLate({ params: { uai: UAI } }, ports)).families;
const ines = { familyName: 'LEMOINE', givenName: 'Inès' };

describe('the families told late', () => {
  it('are none when every message left in its time', async () => {
    const day = schoolDay();
    await day.told();
    day.dueTime();
    await day.work();
    expect(day.sentTo()).toHaveLength(2);
    expect(await list(day)).toEqual([]);
  });

  it('are known when a queue was down for an hour, with both hours', async () => {
    const day = schoolDay();
    await day.told();
    day.ports.clock.set('2026-09-15T10:20');
    await day.work();
    expect(await list(day)).toEqual([
      {
        ...{ date: DATE, of: DATE, pupilId: PUPIL, episodeId: EPISODE, pupil: ines },
        ...{ dueAt: '2026-09-15T07:17:00.000Z', at: '2026-09-15T08:20:00.000Z' },
      },
    ]);
  });

  it('are known after a failure queue was redriven on the thirteenth day: told once, on the day they heard', async () => {
    const day = schoolDay();
    await day.told();
    day.ports.clock.set('2026-09-28T09:12');
    await day.work();
    expect(day.sentTo()).toHaveLength(2);
    expect(await list(day)).toMatchObject([{ date: '2026-09-28', of: DATE, at: '2026-09-28T07:12:00.000Z' }]);
    // The redriven event, after the redriven messages, and reconciliation after both.
    await day.told();
    await reconcile(day.ports);
    await day.work();
    expect(day.sentTo()).toHaveLength(2);
    expect(await list(day)).toHaveLength(1);
  });

  it('are known when nothing of a day came through and the stream had forgotten it: reconciliation tells them, and says that it acted', async () => {
    const day = schoolDay();
    await day.ports.notifications.write({ put: 'school', item: { uai: UAI, timeZone: 'Europe/Paris', paused: false } });
    // A Saturday, longer after than a stream keeps its records.
    day.ports.clock.set('2026-09-19T02:00');
    expect(await reconcile(day.ports)).toMatchObject({ repaired: 1 });
    expect(day.ports.log.lines()).toContainEqual(
      expect.objectContaining({ code: 'ledger.mended', facts: expect.objectContaining({ acted: 1 }) }),
    );
    await day.work();
    expect(day.sentTo()).toHaveLength(2);
    day.ports.clock.set('2026-09-21T08:00');
    expect(await list(day)).toMatchObject([{ date: '2026-09-19', of: DATE, pupil: ines }]);
  });

  it('are looked back on for a fortnight', async () => {
    const day = schoolDay();
    await day.told();
    day.ports.clock.set('2026-09-15T10:20');
    await day.work();
    day.ports.clock.set('2026-09-28T08:00');
    expect(await list(day)).toHaveLength(1);
    day.ports.clock.set('2026-09-29T08:00');
    expect(await list(day)).toEqual([]);
  });
});
