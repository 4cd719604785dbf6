import { expect, it } from 'vitest';
import { onTimetableImported } from '../../../functions/notifications/on-timetable-imported.ts';
import { reconcile } from '../../../functions/notifications/reconcile.ts';
import { schoolDay, UAI } from './school-day.ts';

const imported = (uai: string) =>
  ({ name: 'directory.timetable-imported', payload: { uai, importId: 'i_00000001', revision: 1 } }) as const;

it('has a school visited from its first timetable on: even its very first absence is found when its event is lost', async () => {
  const { ports } = schoolDay();
  ports.clock.move(600_000);
  expect(await reconcile(ports)).toMatchObject({ schools: 0, repaired: 0 });
  await onTimetableImported(imported(UAI), ports);
  expect(await reconcile(ports)).toMatchObject({ schools: 1, repaired: 1 });
});

it('writes once, and nothing for a school that does not exist', async () => {
  const { ports } = schoolDay();
  await onTimetableImported(imported(UAI), ports);
  ports.notifications.forget();
  await onTimetableImported(imported(UAI), ports);
  await onTimetableImported(imported('0000000X'), ports);
  expect(ports.notifications.changes()).toEqual([]);
});
